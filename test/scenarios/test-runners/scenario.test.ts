import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { readEngine } from '../harness/engine-api.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(repository, 'docs/testing.md'), 'utf8');

/** The block of the page with these words behind its fence. */
function block(words: string): string {
  const found = [...page.matchAll(/^```(?<words>[^\n]*)\n(?<text>[^]*?)^```/gm)].find(
    (match) => match.groups?.['words'] === words,
  );
  if (found === undefined) throw new Error(`docs/testing.md has no block of ${words}`);
  return found.groups?.['text'] ?? '';
}

interface Ran {
  readonly exitCode: number;
  readonly output: string;
  readonly folder: string;
}

/** Runs a test file in a project folder of its own, from which `topsail` is found as a package of that name. */
async function runTests(
  file: string,
  text: string,
  command: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  const parent = join(import.meta.dirname, 'run');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'project-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const compose = [...page.matchAll(/^```yaml\n(?<text>[^]*?)^```/gm)].at(-1)?.groups?.['text'] ?? '';
  await Promise.all([
    writeFile(join(folder, 'compose.yaml'), `name: runners\n${compose}`),
    writeFile(join(folder, file), text),
    writeFile(join(folder, 'vitest.config.js'), 'export default { test: { testTimeout: 60000 } };\n'),
    writeFile(
      join(folder, 'jest.config.js'),
      'export default { testTimeout: 60000, transform: {}, rootDir: import.meta.dirname };\n',
    ),
  ]);
  const { NODE_EXTRA_CA_CERTS: _, VITEST: _vitest, NODE_OPTIONS: _options, ...inherited } = process.env;
  const [program = '', ...parameters] = command;
  const env = { ...inherited, WEB_IMAGE: inherited['TOPSAIL_TEST_NODE'] ?? 'node:20-alpine', ...environment };
  return new Promise((resolve) => {
    execFile(program, parameters, { cwd: folder, env, timeout: 110_000 }, (error, stdout, stderr) => {
      resolve({
        exitCode: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1,
        output: stdout + stderr,
        folder,
      });
    });
  });
}

const tool = (name: string): string => join(repository, 'node_modules/.bin', name);
const runners = [
  { words: 'ts vitest', file: 'web.test.ts', command: [tool('vitest'), 'run'], environment: {} },
  { words: 'js node', file: 'web.test.mjs', command: [process.execPath, '--test'], environment: {} },
  {
    words: 'js jest',
    file: 'web.test.js',
    command: [tool('jest')],
    environment: { NODE_OPTIONS: '--experimental-vm-modules' },
  },
];

test.for(runners)(
  'the example for $words passes as it is printed and leaves nothing',
  async ({ words, file, command, environment }) => {
    const { exitCode, output } = await runTests(file, block(words), command, environment);
    expect(output).toMatch(/greets/);
    expect([exitCode, output]).toEqual([0, output]);
    expect(await ownLeftovers()).toEqual([]);
  },
);

test.for(runners)(
  'with $words a failed test leaves the logs and the state of its stack, and an annotation in GitHub Actions',
  async ({ words, file, command, environment }) => {
    const wrong = block(words).replaceAll("'hello'", "'goodbye'");
    const { exitCode, output, folder } = await runTests(file, wrong, command, {
      ...environment,
      GITHUB_ACTIONS: 'true',
    });
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/^.*::error title=.*greets failed::logs and state of the stack/m);
    const [artefact = ''] = await readdir(join(folder, 'topsail-artefacts'));
    expect(artefact).toMatch(/^the-server-greets-runners-/);
    const state: unknown = JSON.parse(
      await readFile(join(folder, 'topsail-artefacts', artefact, 'state.json'), 'utf8'),
    );
    expect(state).toMatchObject({ containers: [{ service: 'web', status: 'running', exitCode: 0 }] });
    expect(await readdir(join(folder, 'topsail-artefacts', artefact, 'logs'))).toHaveLength(1);
  },
);

/** Containers of stacks of this page that the runs have left. */
async function ownLeftovers(): Promise<readonly string[]> {
  const rows =
    await readEngine<readonly { readonly Labels: Readonly<Record<string, string>> }[]>('/containers/json?all=1');
  const folder = join(import.meta.dirname, 'run');
  return rows.flatMap(({ Labels: labels }) =>
    labels['com.docker.compose.project.working_dir']?.startsWith(folder) === true
      ? [labels['com.docker.compose.project'] ?? '']
      : [],
  );
}
