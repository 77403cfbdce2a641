import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/main.ts';
import { RecordedHost } from './recorded-host.ts';

let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'topsail-explain-'));
  await writeFile(
    join(directory, 'compose.yaml'),
    'name: demo\nservices:\n  web:\n    image: nginx:${TAG:-1}\n    user: a\n',
  );
  await writeFile(join(directory, 'compose.override.yaml'), 'services:\n  web:\n    user: b\n');
  await writeFile(join(directory, '.env'), 'TAG=2\n');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function run(...words: readonly string[]) {
  const host = new RecordedHost({ directory });
  const exitCode = await runCommandLine(words, host);
  return { exitCode, stdout: host.stdout.text, stderr: host.stderr.text };
}

test('explain prints a block for each path, files named from where the user stands', async () => {
  expect(await run('explain', 'services.web.image', 'services.web.user')).toEqual({
    exitCode: 0,
    stdout: `services.web.image = "nginx:2"
  written at compose.yaml:4 as nginx:\${TAG:-1}
  TAG = "2" from .env:1

services.web.user = "b"
  written at compose.override.yaml:3
  overrode "a", written at compose.yaml:5
`,
    stderr: '',
  });
});

test('explain --json tells the same with whole ranges', async () => {
  const { stdout } = await run('explain', '--json', 'services.web.user');
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    values: [
      {
        path: 'services.web.user',
        value: 'b',
        origin: {
          kind: 'written',
          range: {
            file: join(directory, 'compose.override.yaml'),
            start: { line: 3, column: 11, offset: 27 },
            end: { line: 3, column: 12, offset: 28 },
          },
          text: 'b',
          variables: [],
          through: [],
        },
        overrode: [
          {
            path: 'services.web.user',
            value: 'a',
            origin: expect.objectContaining({ kind: 'written', text: 'a' }),
          },
        ],
      },
    ],
    removed: [],
  });
});

test('explain of a path that leads nowhere fails with the nearest one', async () => {
  expect(await run('explain', 'services.web.images')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'there is no services.web.images: services.web has no "images"\n  did you mean services.web.image?\n',
  });
});

test('explain wants a path', async () => {
  const { exitCode, stderr } = await run('explain');
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('requires at least 1 arg(s), only received 0')]);
});

test('config --provenance marks the lines, without interpolation too', async () => {
  expect((await run('config', '--provenance')).stdout).toContain(
    '\n    image: nginx:2     # compose.yaml:4, TAG from .env:1\n    networks:          # default\n',
  );
  expect((await run('config', '--provenance', '--no-interpolate')).stdout).toContain(
    '    image: nginx:${TAG:-1} # compose.yaml:4\n',
  );
});

test.each([[['--format', 'json']], [['--services']], [['--lock-image-digests']]])(
  'config --provenance is refused with %j',
  async (words) => {
    const { exitCode, stderr } = await run('config', '--provenance', ...words);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('--provenance marks the lines of the project in YAML'),
    ]);
  },
);
