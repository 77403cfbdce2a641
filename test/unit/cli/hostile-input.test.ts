import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { runCommandLine } from '../../../src/cli/main.ts';
import { RecordedHost } from './recorded-host.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Files = string | Readonly<Record<string, string | Uint8Array>>;

function projectFolder(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'topsail-hostile-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(typeof files === 'string' ? { 'compose.yaml': files } : files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function runConfig(folder: string, words: readonly string[] = ['-q']) {
  const host = new RecordedHost({ directory: folder, environment: { COMPOSE_PROJECT_NAME: 'p' } });
  const exitCode = await runCommandLine(['config', ...words], host);
  return { exitCode, stdout: host.stdout.text, stderr: host.stderr.text };
}

/** Says where and why, in few words, and nothing from inside. */
async function refusal(folder: string): Promise<string> {
  const { exitCode, stderr } = await runConfig(folder);
  expect(exitCode).toBe(1);
  expect(stderr.length).toBeLessThan(5000);
  expect(stderr).not.toMatch(/fault in Topsail|\n\s+at /);
  return stderr;
}

const many = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join('');

const inheritedNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
const service = 'services: {a: {image: x}}\n';
const tenMegabytes = 'y'.repeat(10_000_000);

it.each([
  [
    'aliases that expand to billions of values',
    `x-0: &a0 [x, x]\n${many(30, (index) => `x-${String(index + 1)}: &a${String(index + 1)} [*a${String(index)}, *a${String(index)}]\n`)}${service}`,
    'yaml-excessive-aliasing',
  ],
  ['lists in lists in lists', `x-a: ${'['.repeat(100_000)}\n${service}`, 'yaml-too-deep'],
  ['mappings in mappings', `x-a: ${'{a: '.repeat(50_000)}${'}'.repeat(50_000)}\n${service}`, 'yaml-too-deep'],
  ['dashes behind dashes', `x-a:\n  ${'- '.repeat(20_000)}a\n${service}`, 'yaml-too-deep'],
  ['blocks in blocks', many(2000, (index) => `${' '.repeat(index)}a:\n`), 'yaml-too-deep'],
  ['an alias inside of its own anchor', `x-a: &a {b: [*a]}\n${service}`, 'yaml-alias-cycle'],
  ['a merge key inside of its own anchor', 'services: {a: &a {<<: *a, image: x}}\n', 'yaml-alias-cycle'],
  [
    'variables in variables in variables',
    `services: {a: {image: "${'${A:-'.repeat(50_000)}x${'}'.repeat(50_000)}"}}\n`,
    'interpolation-invalid',
  ],
  ['an unknown key of ten megabytes', `services: {a: {image: x, ${tenMegabytes}: 1}}\n`, 'schema-unknown-key'],
  ['a port of ten megabytes', `services: {a: {image: x, ports: ["${tenMegabytes}"]}}\n`, 'value-invalid'],
  ['a NUL byte', 'services: {a: {image: "x\0"}}\n', 'file-binary'],
  ['a NUL in an escape', 'services: {a: {image: x, container_name: "\\0"}}\n', 'schema-pattern'],
  ['an include of itself', `include: [compose.yaml]\n${service}`, 'include-cycle'],
  ['a service that extends itself', 'services: {a: {extends: {file: compose.yaml, service: a}}}\n', 'extends-cycle'],
])('%s: refused with one clear error', async (_, text, code) => {
  expect(await refusal(projectFolder(text))).toMatch(new RegExp(`\\b${code} `));
});

it('terminal sequences in a file do not reach the terminal', async () => {
  const stderr = await refusal(projectFolder('services: {a: {image: x, "\\e]0;title\\a": 1}}\n'));
  expect(stderr).toContain('schema-unknown-key');
  expect(stderr).not.toContain('\u001b');
  expect(stderr).not.toContain('\u0007');
});

it('bytes that are no UTF-8 are refused with their place', async () => {
  const files = { 'compose.yaml': Buffer.from('services: {a: {image: "x\xff"}}\n', 'latin1') };
  expect(await refusal(projectFolder(files))).toContain('compose.yaml:1:25 file-not-utf8');
});

it('variables made of variables may not grow without end', async () => {
  const variables = many(30, (index) => `A${String(index + 1)}=${`\${A${String(index)}}`.repeat(10)}\n`);
  const files = { 'compose.yaml': service, '.env': `A0=x\n${variables}` };
  expect(await refusal(projectFolder(files))).toContain('.env:8:4 env-file-syntax');
});

it('a text that grows beyond all measure is refused in the compose file too', async () => {
  const files = {
    'compose.yaml': `services: {a: {image: x, environment: {A: "${'$A '.repeat(3000)}"}}}\n`,
    '.env': `A=${'x'.repeat(10_000)}\n`,
  };
  expect(await refusal(projectFolder(files))).toContain('compose.yaml:1:43 interpolation-too-long');
});

it('a loop of symbolic links is refused, wherever a file is named', async () => {
  const folder = projectFolder({ 'compose.yaml': `include: [loop.yaml]\n${service}` });
  symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
  expect(await refusal(folder)).toContain('too many levels of symbolic links');
});

it('an include of a link to itself is refused', async () => {
  const folder = projectFolder(`include: [link.yaml]\n${service}`);
  symlinkSync('compose.yaml', join(folder, 'link.yaml'));
  expect(await refusal(folder)).toContain('include-cycle');
});

it('names that every object inherits are names like others', async () => {
  const members = inheritedNames.map((name) => `${name}: v`).join(', ');
  const text = [
    'services:',
    ...inheritedNames.map(
      (name) =>
        `  ${name}: {image: x, environment: {${members}}, labels: {${members}}, networks: [${inheritedNames.join(', ')}], ` +
        `configs: [${inheritedNames.join(', ')}], build: {context: ., args: {${members}}}, sysctls: {${members}}}`,
    ),
    ...['networks', 'volumes'].map(
      (section) => `${section}: {${inheritedNames.map((name) => `${name}: {}`).join(', ')}}`,
    ),
    `configs: {${inheritedNames.map((name) => `${name}: {content: x}`).join(', ')}}`,
  ].join('\n');
  const { exitCode, stdout, stderr } = await runConfig(projectFolder(text), ['--format', 'json']);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  for (const name of inheritedNames) {
    // Taken from the text: an object would answer for names that it only inherits.
    for (const place of ['"environment"', '"labels"', '"services"', '"configs"']) expect(stdout).toContain(place);
    expect(stdout.split(`"${name}": "v"`).length - 1).toBe(4 * inheritedNames.length);
    expect(stdout).toContain(`"p_${name}"`);
  }
  expect(({} as Readonly<Record<string, unknown>>)['image']).toBeUndefined();
});

it.each(inheritedNames)('%s is not there unless it is defined', async (name) => {
  const text = `services:\n  a:\n    image: x\n    depends_on: [${name}]\n    networks: [${name}]\n    ${name}: 1\n`;
  expect(await refusal(projectFolder(text))).toContain(`compose.yaml:6:5 schema-unknown-key`);
  const references = text.replace(`    ${name}: 1\n`, '');
  const stderr = await refusal(projectFolder(references));
  expect(stderr).toContain('compose.yaml:4:18 undefined-dependency');
  expect(stderr).toContain('compose.yaml:5:16 undefined-reference');
});

it('a value of ten megabytes is a value like others', async () => {
  const text = `services: {a: {image: x, environment: {A: "${tenMegabytes}"}}}\n`;
  const { exitCode, stdout } = await runConfig(projectFolder(text), []);
  expect(exitCode).toBe(0);
  expect(stdout.length).toBeGreaterThan(10_000_000);
});

const services = 10_000;

it('ten thousand services are answered at once', async () => {
  const text = `services:\n${many(services, (index) => `  s${String(index)}:\n    image: x\n    ports: ["80"]\n`)}`;
  expect(await runConfig(projectFolder(text))).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

it('so is a list of every port there is, in long form', async () => {
  const ports = many(
    65_535,
    (index) => `      - target: ${String(index + 1)}\n        published: "${String(index + 1)}"\n`,
  );
  const folder = projectFolder(`services:\n  a:\n    image: x\n    ports:\n${ports}`);
  expect(await runConfig(folder)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
}, 60_000);

it('so are five thousand names that lead nowhere', async () => {
  const write = (index: number): string =>
    `  s${String(index)}:\n    image: x\n    networks: [n${String(index)}]\n    depends_on: [zz${String(index)}]\n`;
  const { exitCode, stderr } = await runConfig(projectFolder(`services:\n${many(5000, write)}`));
  expect(exitCode).toBe(1);
  expect(stderr).toContain('undefined service "zz4999"');
});
