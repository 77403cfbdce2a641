import type { CallOptions } from '../engine/engine.ts';
import { type ModelRunner, ModelRunnerError } from '../engine/model-runner.ts';
import { findPlugin, type PluginSearch } from './find-plugin.ts';
import { runProcess } from './run-process.ts';

/** Serves models by the plugin `docker model`, which is looked for at the first call. */
export function createDockerModelRunner(search: PluginSearch): ModelRunner {
  let found: Promise<string> | undefined;
  const run = async (parameters: readonly string[], call: CallOptions = {}): Promise<string> => {
    found ??= findModelPlugin(search);
    const { exitCode, stdout, stderr } = await runProcess(await found, parameters, {
      ...call,
      environment: search.environment,
    });
    if (exitCode === 0) return stdout;
    throw new ModelRunnerError(`docker model ${parameters.join(' ')}: ${stderr.trim() || stdout.trim()}`);
  };
  return {
    endpoint: async (call) => endpointOf(await run(['status', '--json'], call)),
    available: async (call) => referencesOf(await run(['ls', '--json'], call)),
    pull: async (model, call) => {
      await run(['pull', model], call);
    },
    configure: async ({ model, contextSize, runtimeFlags = [] }, call) => {
      const size = contextSize === undefined ? [] : ['--context-size', String(contextSize)];
      const flags = runtimeFlags.length === 0 ? [] : ['--', ...runtimeFlags];
      await run(['configure', ...size, model, ...flags], call);
    },
  };
}

async function findModelPlugin(search: PluginSearch): Promise<string> {
  const path = await findPlugin('model', search);
  if (path !== undefined) return path;
  throw new ModelRunnerError("'models' support requires Docker Model plugin", { missing: true });
}

function endpointOf(answer: string): string {
  const value = parsed(answer);
  const endpoint = typeof value === 'object' && value !== null && 'endpoint' in value ? value.endpoint : undefined;
  if (typeof endpoint === 'string') return endpoint;
  throw new ModelRunnerError('docker model status does not say where models are served');
}

function referencesOf(answer: string): readonly string[] {
  const value = parsed(answer);
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const tags = typeof entry === 'object' && entry !== null && 'tags' in entry ? entry.tags : [];
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
  });
}

function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch (cause) {
    throw new ModelRunnerError('docker model gave an answer that is not JSON', { cause });
  }
}
