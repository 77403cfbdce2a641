import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAny } from '../harness/any-command.ts';
import { failureReport } from '../harness/failure-report.ts';
import { openScenario } from '../harness/scenario.ts';
import { type CommandResult, launcher } from '../harness/topsail-process.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'topsail-load-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command that reads a compose file from its standard input. */
async function withInput(input: string, ...words: readonly string[]): Promise<CommandResult> {
  const scenario = openScenario(import.meta.dirname);
  return runAny(process.execPath, [launcher, '-f', '-', ...words], { ...scenario, input });
}

/** The report of `up` on a file of these contents. */
async function refusal(name: string, contents: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, contents);
  const { first, details } = failureReport(await openScenario(import.meta.dirname).run('-f', path, 'up', '-d'));
  expect(`${first}\n${details}`.length).toBeLessThan(2000);
  return `${first}\n${details}`;
}

test('a YAML bomb is refused where it explodes', async () => {
  const levels = Array.from('bcdefghi', (name, index) => {
    const inner = `*${String.fromCodePoint(97 + index)}`;
    return `x-${name}: &${name} [${Array(9).fill(inner).join(',')}]`;
  });
  const text = await refusal('bomb.yaml', ['x-a: &a [lol,lol]', ...levels, 'services: {web: {image: x}}'].join('\n'));
  expect(text).toMatch(/bomb\.yaml:\d+:\d+ .*alias/);
});

test('a bomb of merge keys and one of nesting are refused, too', async () => {
  expect(await refusal('deep.yaml', `services: ${'['.repeat(20_000)}`)).toMatch(/deep\.yaml/);
  expect(await refusal('deeper.yaml', `services: ${'{a: '.repeat(5000)}1${'}'.repeat(5000)}`)).toMatch(/deeper\.yaml/);
  expect(await refusal('circle.yaml', 'services: &s\n  web: *s\n')).toMatch(/circle\.yaml:2:8/);
});

test('a file of 50 MB, a binary one and an empty one are refused', async () => {
  expect(await refusal('big.yaml', Buffer.alloc(50_000_000, 'a'))).toMatch(/big\.yaml.*too large/);
  expect(await refusal('binary.yaml', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 255, 254]))).toMatch(/binary/);
  expect(await refusal('latin.yaml', Buffer.from('services:\n  web:\n    image: caf\xe9\n', 'latin1'))).toMatch(
    /UTF-8/i,
  );
  expect(await refusal('empty.yaml', '')).toMatch(/empty/);
});

test('a file that is missing, a folder, and one that may not be read are told apart', async () => {
  const scenario = openScenario(import.meta.dirname);
  const missing = failureReport(await scenario.run('-f', join(folder, 'nothing.yaml'), 'up', '-d'));
  expect(missing.first).toMatch(/nothing\.yaml: no such file/);
  await mkdir(join(folder, 'directory.yaml'));
  const directory = failureReport(await scenario.run('-f', join(folder, 'directory.yaml'), 'up', '-d'));
  expect(directory.first).toMatch(/directory\.yaml: is a directory/);
});

test('an unreadable file is refused', async ({ skip }) => {
  if (process.getuid?.() === 0) skip('not available here: a user who may not read every file');
  const path = join(folder, 'closed.yaml');
  await writeFile(path, 'services: {}');
  await chmod(path, 0);
  const { first } = failureReport(await openScenario(import.meta.dirname).run('-f', path, 'up', '-d'));
  expect(first).toMatch(/closed\.yaml: permission denied/);
});

test('a folder without a file says what was looked for', async () => {
  const { first, details } = failureReport(await openScenario(folder).run('up', '-d'));
  expect(`${first}\n${details}`).toMatch(/compose\.yaml/);
});

test('standard input is a file', async () => {
  const good = await withInput('services:\n  web:\n    image: app\n', 'config', '--services');
  expect(good).toEqual({ exitCode: 0, stdout: 'web\n', stderr: '' });
  expect(failureReport(await withInput('services: [', 'config')).first).toMatch(/^-:1:\d+ /);
  expect(failureReport(await withInput('', 'config')).first).toMatch(/^\S*-\b|empty/);
});

test('a misspelt word is met with the nearest one, under its line, all of them at once', async () => {
  const text = 'services:\n  web:\n    imge: app\n    enviroment: {A: b}\n    ports: ["80:http"]\n';
  const { first, details } = failureReport(await withInput(text, 'up', '-d'));
  expect(first).toMatch(/^-:3:5 \S+ .*imge/);
  expect(details).toMatch(/3 \| {5}imge: app\n.*\^\^\^\^\n.*did you mean image\?/);
  expect(details).toMatch(/-:4:5 [\s\S]*did you mean environment\?/);
});

test('a cycle is shown as the path of names, with the line of each edge', async () => {
  const { first, details } = failureReport(await openScenario(import.meta.dirname).run('up', '-d'));
  const report = `${first}\n${details}`;
  expect(first).toMatch(/^compose\.yaml:\d+:\d+ .*cycle.* (\w+ -> ){3}\w+$/);
  for (const [place, edge] of [
    [':5:18', 'web depends on api'],
    [':9:7', 'api depends on db'],
    [':14:', 'db depends on web'],
  ] as const) {
    const line = report.split('\n').find((each) => each.includes(edge)) ?? first;
    expect(line).toContain(place);
  }
});

test('what would have to be ignored is refused by name and line; config accepts it', async () => {
  const text = 'services:\n  web:\n    image: app\n    configs: [c]\nconfigs:\n  c: {external: true}\n';
  expect(failureReport(await withInput(text, 'up', '-d')).first).toMatch(/^-:4:15 .*external/);
  expect((await withInput(text, 'config', '-q')).exitCode).toBe(0);
});

test('a project without services, and one whose services are all switched off, say so', async () => {
  for (const text of ['services: {}', 'services: {web: {image: app, profiles: [never]}}']) {
    const { exitCode, stderr } = await withInput(text, 'up', '-d');
    expect({ text, exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/no service/) });
  }
});
