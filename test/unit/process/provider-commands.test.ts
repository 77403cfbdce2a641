import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { ProviderMessage, ProviderRequest } from '../../../src/engine/provider.ts';
import { createProviderCommands } from '../../../src/process/provider-commands.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'topsail-provider-'));
  onTestFinished(() => rm(home, { recursive: true }));
});

/** A program in `folder` below the home directory that answers `metadata` and does `body` else. */
async function program(folder: string, name: string, body: string, metadata = ''): Promise<void> {
  await mkdir(join(home, folder), { recursive: true });
  const path = join(home, folder, name);
  await writeFile(path, `#!/bin/sh\nif [ "$2" = metadata ]; then echo '${metadata}'; exit 0; fi\n${body}\n`);
  await chmod(path, 0o755);
}

async function run(more: Partial<ProviderRequest> = {}): Promise<readonly ProviderMessage[]> {
  const environment = { PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`, COLOUR: 'red' };
  const options = { size: ['1'], tag: ['a', 'b'] };
  const request = {
    project: 'shop',
    service: 'db',
    type: 'cloud',
    options,
    action: 'up',
    environment,
    ...more,
  } as const;
  const messages: ProviderMessage[] = [];
  for await (const message of createProviderCommands({ homeDirectory: home }).run(request)) messages.push(message);
  return messages;
}

const say = (type: string, message: string): string => `echo '{"type":"${type}","message":"${message}"}'`;

test('a provider is run with project, options and service, in the environment of the project, and heard line by line', async () => {
  const told = `printf '{"type":"info","message":"%s"}\\n' "$* $COLOUR"`;
  await program(
    'bin',
    'cloud',
    [told, say('debug', 'd'), say('setenv', 'URL=a=b'), say('rawsetenv', 'RAW=')].join('\n'),
  );
  expect(await run()).toEqual([
    { kind: 'news', text: 'compose --project-name=shop up --size=1 --tag=a --tag=b db red' },
    { kind: 'detail', text: 'd' },
    { kind: 'variable', name: 'URL', value: 'a=b', verbatim: false },
    { kind: 'variable', name: 'RAW', value: '', verbatim: true },
  ]);
});

test('a plugin of the docker command comes before a program of that name', async () => {
  await program('bin', 'cloud', say('info', 'program'));
  await program('.docker/cli-plugins', 'docker-cloud', say('info', 'plugin'));
  expect(await run()).toEqual([{ kind: 'news', text: 'plugin' }]);
});

test('a provider that describes itself gets the options it knows, and has to get those it needs', async () => {
  const metadata = '{"description":"x","up":{"parameters":[{"name":"size","required":true}]},"down":{}}';
  await program('bin', 'cloud', `printf '{"type":"info","message":"%s"}\\n' "$*"`, metadata);
  expect(await run()).toEqual([{ kind: 'news', text: 'compose --project-name=shop up --size=1 db' }]);
  expect(await run({ action: 'down' })).toEqual([{ kind: 'news', text: 'compose --project-name=shop down db' }]);
  await expect(run({ options: {} })).rejects.toThrow(
    'required parameter "size" is missing from provider "cloud" definition',
  );
});

test.each([
  ['its own complaint', say('error', 'it broke'), 'it broke'],
  ['a failure', 'echo why >&2; exit 3', 'failed to create service provider: why'],
  ['an unknown message', say('shout', 'x'), 'a message of type shout'],
  ['no message at all', 'echo hello', 'invalid response from provider cloud: hello'],
  ['no variable', say('setenv', 'x'), 'x is no NAME=VALUE'],
])('%s ends the run', async (_, body, expected) => {
  await program('bin', 'cloud', body);
  await expect(run()).rejects.toThrow(expected);
});

test('what is not there, and docker compose itself, are no providers', async () => {
  await expect(run()).rejects.toThrow('there is neither a docker plugin docker-cloud nor a program cloud');
  await expect(run({ type: 'compose' })).rejects.toThrow("'compose' is not a valid provider type");
  await expect(run({ type: '../cloud' })).rejects.toThrow('nor a program ../cloud');
});

test('a program that runs on is ended when nobody listens any more', async () => {
  await program('bin', 'cloud', `${say('info', 'up')}\nexec sleep 60`);
  const environment = { PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}` };
  const request = { project: 'shop', service: 'db', type: 'cloud', options: {}, action: 'up', environment } as const;
  for await (const message of createProviderCommands({ homeDirectory: home }).run(request)) {
    expect(message).toEqual({ kind: 'news', text: 'up' });
    break;
  }
  const abort = new AbortController();
  const listen = async (): Promise<void> => {
    const lines = createProviderCommands({ homeDirectory: home }).run(request, { signal: abort.signal });
    for await (const _ of lines) abort.abort(new Error('enough'));
  };
  await expect(listen()).rejects.toThrow('enough');
});
