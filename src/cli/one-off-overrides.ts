import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorMessage } from '../diagnostics/thrown.ts';
import { splitCommandWords } from '../project/command-words.ts';
import { parsePortSpecification } from '../project/port-specification.ts';
import type { Named, Project } from '../project/project.ts';
import type { Mount } from '../project/service.ts';
import { parseVolumeSpecification } from '../project/volume-specification.ts';
import { parseDotenv } from '../source/dotenv.ts';
import type { OneOffOverrides } from '../state/one-off.ts';
import type { RunFlags } from './commands/run.ts';
import { givenEnvironment } from './given-environment.ts';
import type { Host } from './host.ts';
import { usageError } from './usage-error.ts';

/** What the flags of `run` change about a service. Throws usage errors for values that cannot be read. */
export async function oneOffOverrides(
  host: Host,
  project: Project,
  command: readonly string[],
  flags: RunFlags,
): Promise<OneOffOverrides> {
  const { entrypoint, user, workdir, publish = [], volume = [], label = [] } = flags;
  const environment = {
    ...(await variablesOfFiles(host, flags.envFromFile ?? [])),
    ...(await givenEnvironment(flags.env ?? [], () => Promise.resolve(project.origin.environment))),
  };
  return {
    environment,
    ...terminalOf(host, flags),
    labels: Object.fromEntries(label.map(readLabel)),
    volumes: volume.map((text) => readVolume(text, host.workingDirectory)),
    ...(command.length === 0 ? {} : { command }),
    ...(entrypoint === undefined ? {} : { entrypoint: said(() => splitCommandWords(entrypoint)) }),
    ...(user === undefined ? {} : { user }),
    ...(workdir === undefined ? {} : { workingDirectory: workdir }),
    ...(flags.capAdd === undefined ? {} : { addedCapabilities: flags.capAdd }),
    ...(flags.capDrop === undefined ? {} : { droppedCapabilities: flags.capDrop }),
    ...(publish.length === 0 ? {} : { ports: publish.flatMap((text) => said(() => parsePortSpecification(text))) }),
    ...(flags.servicePorts === true ? { ports: 'service' } : {}),
  };
}

/**
 * A terminal is asked for by what the streams are, unless a flag says so. Throws a usage error if one is wanted that nobody can type
 * on.
 */
export function terminalOf(
  { stdin, stdout }: Pick<Host, 'stdin' | 'stdout'>,
  { tty, noTty, interactive, detach }: Pick<RunFlags, 'tty' | 'noTty' | 'interactive' | 'detach'>,
): { readonly terminal: boolean; readonly input: boolean } {
  if (tty !== undefined && noTty !== undefined) throw usageError("--tty and --no-TTY can't be used together");
  const input = interactive !== false;
  const scripted = interactive === undefined && !stdin.isTerminal;
  const terminal = tty ?? (noTty === undefined ? stdout.isTerminal && !scripted : !noTty);
  if (terminal && input && detach !== true && !stdin.isTerminal) throw usageError('the input device is not a TTY');
  return { terminal, input };
}

function readLabel(text: string): readonly [string, string] {
  const end = text.indexOf('=');
  if (end < 0) throw usageError('label must be set as KEY=VALUE');
  return [text.slice(0, end), text.slice(end + 1)];
}

function readVolume(text: string, directory: string): Mount {
  const mount = said(() => parseVolumeSpecification(text));
  return mount.type === 'bind' ? { ...mount, source: resolve(directory, mount.source ?? '') } : mount;
}

/** `ENOENT: no such file or directory, open '/x'` without its code and path. */
function withoutCode(message: string): string {
  return message.replace(/^E[A-Z]+: ([^,]*).*$/s, '$1');
}

/** Later files win. What they name without a value, and what their values refer to, is looked for in the process's environment. */
async function variablesOfFiles(host: Host, files: readonly string[]): Promise<Named<string>> {
  const variables = Object.create(null) as Record<string, string>;
  for (const file of files) {
    const path = resolve(host.workingDirectory, file);
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw usageError(`cannot read the env file: open ${file}: ${withoutCode(errorMessage(cause))}`);
    });
    const { entries, problem } = parseDotenv({ name: path, text }, (name) => host.environment[name]);
    if (problem !== undefined) throw usageError(`env file ${file}: ${problem.message}`);
    for (const { name, value } of entries) variables[name] = value;
  }
  return variables;
}

/** A value that cannot be read is a fault of the command line. */
function said<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw usageError(error.message);
    throw error;
  }
}
