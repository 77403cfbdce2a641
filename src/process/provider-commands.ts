import type { CallOptions } from '../engine/engine.ts';
import {
  type ProviderCommands,
  ProviderError,
  type ProviderMessage,
  type ProviderRequest,
} from '../engine/provider.ts';
import { findPlugin, findProgram, type PluginSearch } from './find-plugin.ts';
import { processLines } from './process-lines.ts';
import { type ProviderMetadata, parseMetadata } from './provider-metadata.ts';
import { runProcess } from './run-process.ts';

/** Runs providers as child processes: `BIN compose --project-name=P up --option=value SERVICE`. */
export function createProviderCommands(search: Pick<PluginSearch, 'homeDirectory'>): ProviderCommands {
  return { run: (request, call = {}) => run(request, search, call) };
}

async function* run(
  request: ProviderRequest,
  { homeDirectory }: Pick<PluginSearch, 'homeDirectory'>,
  call: CallOptions,
): AsyncGenerator<ProviderMessage, void, undefined> {
  const { environment, type, action } = request;
  const program = await findProvider(type, { environment, homeDirectory });
  const metadata = await readMetadata(program, request, call);
  const parameters = ['compose', `--project-name=${request.project}`, action, ...optionsOf(request, metadata)];
  const lines = processLines(program, [...parameters, request.service], { ...call, environment });
  for (;;) {
    const next = await lines.next();
    if (next.done === true) {
      const { exitCode, stderr } = next.value;
      if (exitCode === 0) return;
      const words = action === 'up' ? 'create' : 'remove';
      throw new ProviderError(`failed to ${words} service provider${stderr === '' ? '' : `: ${stderr}`}`);
    }
    if (next.value.trim() !== '') yield parseMessage(next.value, type);
  }
}

async function findProvider(type: string, search: PluginSearch): Promise<string> {
  if (type === 'compose') throw new ProviderError("'compose' is not a valid provider type");
  const found = (await findPlugin(type, search)) ?? (await findProgram(type, search));
  if (found !== undefined) return found;
  throw new ProviderError(`there is neither a docker plugin docker-${type} nor a program ${type}`);
}

/** A provider that does not describe itself takes all options. */
async function readMetadata(
  program: string,
  { environment }: ProviderRequest,
  call: CallOptions,
): Promise<ProviderMetadata | undefined> {
  const { exitCode, stdout } = await runProcess(program, ['compose', 'metadata'], { ...call, environment });
  return exitCode === 0 ? parseMetadata(stdout) : undefined;
}

function optionsOf(
  { options, type, action }: ProviderRequest,
  metadata: ProviderMetadata | undefined,
): readonly string[] {
  const declared = metadata?.[action];
  if (declared === undefined) return flagsOf(Object.entries(options));
  const missing = declared.find(({ name, required }) => required && !Object.hasOwn(options, name));
  if (missing !== undefined) {
    throw new ProviderError(`required parameter "${missing.name}" is missing from provider "${type}" definition`);
  }
  const names = new Set(declared.map(({ name }) => name));
  return flagsOf(Object.entries(options).filter(([name]) => names.has(name)));
}

function flagsOf(options: readonly (readonly [string, readonly string[]])[]): readonly string[] {
  return options.flatMap(([name, values]) => values.map((value) => `--${name}=${value}`));
}

function parseMessage(line: string, type: string): ProviderMessage {
  const { type: kind, message } = parsedLine(line, type);
  switch (kind) {
    case 'info':
      return { kind: 'news', text: message.split('\n')[0] ?? '' };
    case 'debug':
      return { kind: 'detail', text: message };
    case 'setenv':
    case 'rawsetenv': {
      const equals = message.indexOf('=');
      if (equals < 1) throw new ProviderError(`invalid response from provider: ${message} is no NAME=VALUE`);
      const variable = { name: message.slice(0, equals), value: message.slice(equals + 1) };
      return { kind: 'variable', ...variable, verbatim: kind === 'rawsetenv' };
    }
    case 'error':
      throw new ProviderError(message);
    default:
      throw new ProviderError(`invalid response from provider: a message of type ${kind}`);
  }
}

function parsedLine(line: string, type: string): { readonly type: string; readonly message: string } {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && 'type' in value && 'message' in value) {
      const { type: kind, message } = value;
      if (typeof kind === 'string' && typeof message === 'string') return { type: kind, message };
    }
  } catch {
    // Told below.
  }
  throw new ProviderError(`invalid response from provider ${type}: ${line.slice(0, 200)}`);
}
