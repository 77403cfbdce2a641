import { basename, dirname } from 'node:path';
import { namedEnvironment } from '../compose/named-environment.ts';
import type { Named } from '../project/project.ts';
import { usageError } from './usage-error.ts';

/** How the program was called. */
export interface Invocation {
  /** In place of `docker compose`: as a program `docker-compose`, or by the Docker client as its plugin. */
  readonly asDockerCompose: boolean;
  /** The words that are Topsail's to read. */
  readonly words: readonly string[];
  readonly environment: Named<string>;
}

const switches: readonly string[] = ['--debug', '-D', '--tls', '--tlsverify', '--verbose'];
const valued: readonly string[] = [
  '--tlscacert',
  '--tlscert',
  '--tlskey',
  '--host',
  '-H',
  '--context',
  '-c',
  '--config',
  '--log-level',
  '-l',
];
const completions: readonly string[] = ['__complete', '__completeNoDesc'];

/**
 * Reads a call of the program `docker-compose`, or one of the Docker client for its plugin: `docker --context x compose up`. Flags of
 * the Docker client become its variables (compose-surface 1.1). Under any other name the words stay as they are. Throws a usage error
 * for a flag of the client without its value.
 */
export function readInvocation(program: string, words: readonly string[], environment: Named<string>): Invocation {
  if (!/^docker-compose(?:\.\w+)?$/.test(basename(program))) return { asDockerCompose: false, words, environment };
  const ahead = completions.includes(words[0] ?? '') ? words.slice(0, 1) : [];
  const client = readClientFlags(words.slice(ahead.length));
  const rest = client.rest[0] === 'compose' ? client.rest.slice(1) : client.rest;
  return {
    asDockerCompose: true,
    words: [...ahead, ...client.kept, ...rest],
    environment: withClientFlags(environment, client.given),
  };
}

interface ClientFlags {
  readonly given: ReadonlyMap<string, string>;
  /** Flags before the first other word that are not the client's. */
  readonly kept: readonly string[];
  readonly rest: readonly string[];
}

function readClientFlags(words: readonly string[]): ClientFlags {
  const given = new Map<string, string>();
  const kept: string[] = [];
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, name = word, value] = /^(--?[\w-]+)=(.*)$/s.exec(word) ?? [];
    if (!word.startsWith('-') || word === '-' || word === '--') break;
    if (word === '-v' || word === '--version') return { given, kept, rest: ['version', ...words.slice(at + 1)] };
    if (switches.includes(name)) given.set(name, value ?? 'true');
    else if (valued.includes(name)) {
      const next = value ?? words[at + 1];
      if (next === undefined) throw usageError(`flag needs an argument: '${name}'`);
      if (value === undefined) at += 1;
      given.set(name, next);
    } else {
      kept.push(word);
      // The value of a flag of ours may look like a word of its own.
      const takesValue = ownValued.includes(word);
      if (takesValue && at + 1 < words.length) kept.push(words[(at += 1)] ?? '');
    }
  }
  return { given, kept, rest: words.slice(at) };
}

const ownValued: readonly string[] = [
  '-f',
  '--file',
  '-p',
  '--project-name',
  '--profile',
  '--env-file',
  '--project-directory',
  '--workdir',
  '--progress',
  '--ansi',
  '--parallel',
  '--insecure-registry',
];

function withClientFlags(environment: Named<string>, given: ReadonlyMap<string, string>): Named<string> {
  if (given.size === 0) return environment;
  const changed = new Map(Object.entries(environment));
  const host = given.get('--host') ?? given.get('-H');
  const context = given.get('--context') ?? given.get('-c');
  const config = given.get('--config');
  if (context !== undefined) changed.set('DOCKER_CONTEXT', context).delete('DOCKER_HOST');
  if (host !== undefined) changed.set('DOCKER_HOST', host).delete('DOCKER_CONTEXT');
  if (config !== undefined) changed.set('DOCKER_CONFIG', config);
  if (given.get('--tlsverify') === 'true') changed.set('DOCKER_TLS_VERIFY', '1');
  if (given.get('--tls') === 'true') changed.set('DOCKER_TLS', '1');
  const folder = certificateFolder(given);
  if (folder !== undefined) changed.set('DOCKER_CERT_PATH', folder);
  return namedEnvironment(Object.fromEntries(changed));
}

/** The variable names a folder, so the files must be together and have their usual names. */
function certificateFolder(given: ReadonlyMap<string, string>): string | undefined {
  const files = [
    ['--tlscacert', 'ca.pem'],
    ['--tlscert', 'cert.pem'],
    ['--tlskey', 'key.pem'],
  ] as const;
  const folders = new Set<string>();
  for (const [flag, name] of files) {
    const path = given.get(flag);
    if (path === undefined) continue;
    if (basename(path) !== name) throw usageError(`${flag} ${path}: only a file named ${name} can be used`);
    folders.add(dirname(path));
  }
  if (folders.size > 1) throw usageError('--tlscacert, --tlscert and --tlskey must be files of one folder');
  return [...folders][0];
}
