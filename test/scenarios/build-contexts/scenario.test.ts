import { link, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { canServeGit, startGitServer } from '../../fakes/git-server.ts';
import { callEngine, ofProject, readEngine } from '../harness/engine-api.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

/** A scenario whose images go with it. */
function opened(environment: Readonly<Record<string, string>> = {}): Scenario {
  const scenario = openScenario(import.meta.dirname, { MARK: String(Date.now()), ...environment });
  onTestFinished(async () => {
    const images = await readEngine<readonly { readonly Id: string }[]>(`/images/json?${ofProject(scenario.project)}`);
    for (const { Id } of images) await callEngine('DELETE', `/images/${Id}?force=1`);
  });
  return scenario;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-context-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What the build step found in its copy of the context. */
function found(stdout: string): readonly string[] {
  return [...stdout.matchAll(/ found \/all\/(.+)$/gm)].map(([, path = '']) => path);
}

test.for(['1', '0'])(
  'a branch and a folder of a git repository are a context (DOCKER_BUILDKIT=%s)',
  async (kind, { skip }) => {
    skip(!(await canServeGit()), 'not available here: git that serves repositories over http');
    await using server = await startGitServer();
    const dockerfile = (from: string): string => `ARG BASE\nFROM $BASE\nARG MARK\nRUN echo "from ${from} at $MARK"\n`;
    await server.commit({ Dockerfile: dockerfile('the top') });
    await server.git('checkout', '--quiet', '-b', 'other');
    await server.commit({
      Dockerfile: dockerfile('the branch'),
      'below/Dockerfile': dockerfile('below'),
      'below/second': dockerfile('the second'),
    });
    const branch = opened({ CONTEXT: `${server.address}#other`, DOCKER_BUILDKIT: kind });
    expect((await branch.succeed('build')).stdout).toMatch(/ from the branch at \d+$/m);
    const nowhere = opened({ CONTEXT: `${server.address}#nothing`, DOCKER_BUILDKIT: kind });
    const { exitCode, stderr } = await nowhere.run('build');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^service "web" could not be built: .*\bref nothing\b/m);

    const { ApiVersion } = await readEngine<{ readonly ApiVersion: string }>('/version');
    skip(kind === '1' && Number(ApiVersion.split('.')[1]) < 42, 'folders of git contexts need API 1.42');
    const context = `${server.address}#other:below`;
    const { stdout } = await opened({ CONTEXT: context, DOCKER_BUILDKIT: kind }).succeed('build');
    expect(stdout).toMatch(/ from below at \d+$/m);
    const second = opened({ CONTEXT: context, DOCKERFILE: 'second', DOCKER_BUILDKIT: kind });
    expect((await second.succeed('build')).stdout).toMatch(/ from the second at \d+$/m);
  },
);

test('links of every kind arrive, and nothing else when a context is sent again', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'one'), 'one');
  await link(join(folder, 'one'), join(folder, 'two'));
  await symlink('one', join(folder, 'to-one'));
  await symlink('nowhere', join(folder, 'to-nothing'));
  const long = 'n'.repeat(255);
  await writeFile(join(folder, long), 'long');
  for (const round of ['1', '2', '3']) {
    await writeFile(join(folder, 'round'), round);
    const { stdout } = await opened({ COMPOSE_FILE: 'inline.yaml', CONTEXT: folder }).succeed('build');
    expect(found(stdout)).toEqual([long, 'one', 'round', 'to-nothing', 'to-one', 'two']);
  }
});

test.for([
  ['0', 7],
  ['1', 1],
] as const)(
  'a failed step of the classic builder gives the exit code (DOCKER_BUILDKIT=%s: %d)',
  async ([kind, code]) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'Dockerfile'), 'ARG BASE\nFROM $BASE\nRUN exit 7\n');
    const { exitCode, stderr } = await opened({ CONTEXT: folder, DOCKER_BUILDKIT: kind }).run('build');
    expect(exitCode).toBe(code);
    expect(stderr).toContain('service "web" could not be built');
  },
);

test('the classic builder applies shm_size and ulimits, and labels what it builds', async () => {
  const scenario = opened({ COMPOSE_FILE: 'limits.yaml', DOCKER_BUILDKIT: '0' });
  const { stdout } = await scenario.succeed('build');
  expect(stdout).toMatch(/ limits 1000 2000 102400$/m);
  const images = await readEngine<readonly unknown[]>(`/images/json?${ofProject(scenario.project)}`);
  expect(images).toHaveLength(1);
});

test('the classic builder finds its cache again, and the image no Dockerfile that was not in the context', async () => {
  const mark = String(Date.now());
  const environment = { COMPOSE_FILE: 'inline.yaml', DOCKER_BUILDKIT: '0', MARK: mark };
  expect(found((await opened(environment).succeed('build')).stdout)).toEqual(['one.txt']);
  const { stdout } = await opened(environment).succeed('build');
  expect(stdout).toMatch(/CACHED$/m);
  expect(found(stdout)).toEqual([]);
});

test.for(['1', '0'])('an interrupted build ends on the engine too (DOCKER_BUILDKIT=%s)', async (kind) => {
  const mark = String(Date.now());
  const scenario = opened({ COMPOSE_FILE: 'slow.yaml', MARK: mark, DOCKER_BUILDKIT: kind });
  const running = scenario.start('build');
  await running.until('stdout', new RegExp(`begins ${mark}$`, 'm'));
  running.signal('SIGINT');
  const { exitCode, stderr } = await running.ended;
  expect(exitCode).toBe(130);
  expect(stderr).toContain('Interrupted');
  await expect.poll(() => processesWith(`tail -n ${mark}`), { timeout: 10_000 }).toEqual([]);
});

/** The processes of this machine with these words, which has the engine's too. */
async function processesWith(words: string): Promise<readonly string[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(all.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.map((line) => line.replaceAll('\0', ' ')).filter((line) => line.includes(words));
}
