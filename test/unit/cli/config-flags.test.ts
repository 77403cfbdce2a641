import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/main.ts';
import { projectFolder } from './project-folder.ts';
import { RecordedHost } from './recorded-host.ts';

const folder = projectFolder({
  'compose.yaml': `name: shop
services:
  web:
    image: "web:\${TAG:-1}"
    env_file: [web.env]
    ports: ["80"]
    volumes: ["data:/data", "./web.env:/there"]
    networks: [front]
    depends_on: [db]
  db: {image: "db:2", profiles: [full], networks: [front]}
volumes: {data: {}}
networks: {front: {}}
models: {llm: {model: "ai/tiny"}}
`,
  'web.env': 'A=1\n',
  'paths.yaml': 'services: {web: {image: a, volumes: ["./web.env:/x"]}}\n',
  'loose.yaml': 'services: {web: {image: "web:${NOWHERE}", depends_on: [missing]}}\n',
});

async function run(...words: readonly string[]) {
  const host = new RecordedHost({ directory: folder(), environment: { COMPOSE_PROFILES: 'full' } });
  const exitCode = await runCommandLine(words, host);
  return { exitCode, stdout: host.stdout.text, stderr: host.stderr.text };
}

async function config(...words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run('config', ...words);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

test.each([
  ['--services', 'db\nweb\n'],
  ['--volumes', 'data\n'],
  ['--networks', 'front\n'],
  ['--profiles', 'full\n'],
  ['--images', 'db:2\nweb:1\n'],
  ['--models', ''],
  ['--quiet', ''],
])('config %s', async (flag, text) => {
  expect((await config(flag)).split('\n').toSorted().join('\n')).toBe(text.split('\n').toSorted().join('\n'));
});

test.each([
  ['--services', 'db\nweb\n'],
  ['--volumes', 'data\n'],
  ['--networks', 'front\n'],
])('config %s is about the whole project, whatever services are named', async (flag, text) => {
  expect(await config(flag, 'db')).toBe(text);
  expect(await config(flag, 'missing')).toBe(text);
  expect((await run('config', '--images', 'missing')).stderr).toContain('no such service: missing');
});

test('config --variables lists what is interpolated, config --environment what interpolation sees', async () => {
  expect(await config('--variables')).toMatch(/^NAME +REQUIRED +DEFAULT VALUE +ALTERNATE VALUE\nTAG +false +1/);
  expect(await config('--environment')).toContain('COMPOSE_PROFILES=full\n');
});

test('config --hash and --format json', async () => {
  expect(await config('--hash', 'web')).toMatch(/^web [0-9a-f]{64}\n$/);
  expect(JSON.parse(await config('--format', 'json'))).toMatchObject({ name: 'shop' });
});

test('each --no flag of config leaves one step out', async () => {
  expect(await config('--no-interpolate')).toContain('web:${TAG:-1}');
  expect(await config('--no-normalize')).toMatch(/depends_on:\n +(?:- db|db:)/);
  const paths = async (...words: readonly string[]) => (await run('-f', 'paths.yaml', 'config', ...words)).stdout;
  expect(await paths()).toContain(`source: ${join(folder(), 'web.env')}`);
  expect(await paths('--no-path-resolution')).not.toContain(folder());
  expect(await config()).toContain('A: "1"');
  expect(await config('--no-env-resolution')).toContain('web.env');
  expect((await run('-f', 'loose.yaml', 'config', '-q')).exitCode).toBe(1);
  expect((await run('-f', 'loose.yaml', 'config', '-q', '--no-consistency')).exitCode).toBe(0);
});

test('config --strict and --strict for the whole refuse a variable without a value', async () => {
  for (const words of [
    ['config', '--no-consistency', '--strict'],
    ['--strict', 'config', '--no-consistency'],
    ['up', '-d', '--strict'],
  ]) {
    const { exitCode, stderr } = await run('-f', 'loose.yaml', ...words);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('NOWHERE');
  }
});

test('config --output writes the file, config --provenance says where each line is from', async () => {
  expect(await config('--output', 'out.yaml')).toBe('');
  expect(existsSync(join(folder(), 'out.yaml'))).toBe(true);
  expect(readFileSync(join(folder(), 'out.yaml'), 'utf8')).toBe(await config());
  expect(await config('--provenance')).toContain('compose.yaml:4');
});

test('config --resolve-image-digests and --lock-image-digests ask the registries', async () => {
  for (const flag of ['--resolve-image-digests', '--lock-image-digests']) {
    const { exitCode, stderr } = await run('--insecure-registry', '127.0.0.1:1', 'config', flag, 'nothing');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('nothing');
  }
});

test('doctor --json says where an engine was looked for', async () => {
  const host = new RecordedHost({ environment: { DOCKER_HOST: 'unix:///nonexistent/engine.sock' } });
  expect(await runCommandLine(['doctor', '--json'], host)).toBe(1);
  expect(host.stdout.text).toContain('/nonexistent/engine.sock');
  expect(() => JSON.parse(host.stdout.text) as unknown).not.toThrow();
});
