import { spawn } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { callEngine, readEngine } from '../harness/engine-api.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';
import { needTerminal, startOnTerminal } from '../harness/terminal.ts';
import { launcher } from '../harness/topsail-process.ts';

const directory = fileURLToPath(new URL('.', import.meta.url));

describe('cp, export and commit', () => {
  let scenario: Scenario;
  let folder: string;

  beforeEach(async () => {
    scenario = openScenario(directory);
    folder = await mkdtemp(join(tmpdir(), 'topsail-copy-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, 'site/sub'), { recursive: true });
    await writeFile(join(folder, 'site/index'), 'index', { mode: 0o640 });
    await writeFile(join(folder, 'site/sub/page'), 'page');
    await symlink('index', join(folder, 'site/link'));
    await scenario.succeed('up', '-d');
  });

  /** What a shell in a replica says. */
  const look = async (script: string, index = '1'): Promise<string> =>
    (await scenario.succeed('exec', '--index', index, 'web', 'sh', '-c', script)).stdout;

  test('copies into every replica, or into the one that is named', async () => {
    await scenario.succeed('up', '-d', '--scale', 'web=2');
    const { stderr } = await scenario.succeed('cp', join(folder, 'site/index'), 'web:/tmp/all');
    expect(stderr).toContain(
      ` ${scenario.project}-web-2 copy ${join(folder, 'site/index')} to ${scenario.project}-web-2:/tmp/all Copied`,
    );
    await scenario.succeed('cp', '--index', '2', join(folder, 'site/index'), 'web:/tmp/one');
    expect([await look('ls /tmp'), await look('ls /tmp', '2')]).toEqual(['all\n', 'all\none\n']);
    const numbered = await scenario.run('cp', '--index', '3', join(folder, 'site'), 'web:/tmp');
    expect(numbered).toMatchObject({ exitCode: 1, stderr: 'service "web" has no container #3\n' });
  });

  test('a folder, its contents, a link and what it leads to', async () => {
    const site = join(folder, 'site');
    await scenario.succeed('cp', site, 'web:/tmp');
    await scenario.succeed('cp', site, 'web:/tmp/named');
    await scenario.succeed('cp', `${site}/.`, 'web:/home');
    await scenario.succeed('cp', join(site, 'link'), 'web:/tmp/link');
    await scenario.succeed('cp', '-L', join(site, 'link'), 'web:/tmp/followed');
    expect(await look('cat /tmp/site/sub/page /tmp/named/sub/page /home/sub/page')).toBe('pagepagepage');
    expect(await look('readlink /tmp/site/link; readlink /tmp/link; cat /tmp/followed')).toBe('index\nindex\nindex');
    expect(await look('stat -c %a /tmp/site/index')).toBe('640\n');
    const nowhere = await scenario.run('cp', site, 'web:');
    expect(nowhere).toMatchObject({ exitCode: 1, stderr: 'no path in the container: write web:PATH\n' });
    const over = await scenario.run('cp', site, 'web:/tmp/followed');
    expect(over).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('cannot copy directory to /tmp/followed') as string,
    });
  });

  test('copies out, also of a container that has ended', async () => {
    await look('mkdir -p /out/sub; echo a > /out/a; chmod 4755 /out/a; ln -s a /out/link; echo b > /out/sub/b');
    await scenario.succeed('stop');
    await scenario.succeed('cp', 'web:/out', join(folder, 'new'));
    await scenario.succeed('cp', 'web:/out/.', join(folder, 'site'));
    await scenario.succeed('cp', '-L', 'web:/out/link', join(folder, 'followed'));
    expect(await readFile(join(folder, 'new/sub/b'), 'utf8')).toBe('b\n');
    expect((await stat(join(folder, 'new/a'))).mode & 0o7777).toBe(0o755);
    expect((await readdir(join(folder, 'site'))).toSorted()).toEqual(['a', 'index', 'link', 'sub']);
    expect((await lstat(join(folder, 'followed'))).isFile()).toBe(true);
    const nowhere = await scenario.run('cp', 'web:/nothing', folder);
    expect(nowhere).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Could not find the file /nothing') as string,
    });
    expect((await scenario.run('cp', 'web:/a', 'web:/b')).stderr).toBe('copying between services is not supported\n');
  });

  test('--dry-run finds both ends of a copy, an export and a commit, and writes nothing', async () => {
    const file = join(folder, 'site/index');
    const container = `${scenario.project}-web-1`;
    const dry = async (...words: readonly string[]): Promise<string> =>
      (await scenario.succeed('--dry-run', ...words)).stderr;
    expect(await dry('cp', file, 'web:/tmp/')).toBe(
      ` DRY-RUN MODE -  ${container} copy ${file} to ${container}:/tmp/ Copying
 DRY-RUN MODE -  ${container} copy ${file} to ${container}:/tmp/ Copied
`,
    );
    expect(await dry('cp', 'web:/etc/passwd', join(folder, 'out'))).toContain('Copied\n');
    expect((await scenario.succeed('cp', '--dry-run', 'web:/etc/passwd', '-')).stdout).toBe('');
    expect(await dry('export', '-o', join(folder, 'out'), 'web')).toContain(
      ` DRY-RUN MODE -  ${container} export ${container} to ${join(folder, 'out')} Exported\n`,
    );
    const name = `${scenario.project}:made`;
    expect(await dry('commit', 'web', name)).toContain(` DRY-RUN MODE -  ${container} Commit ${container} Committed\n`);
    expect((await callEngine('GET', `/images/${name}/json`)).status).toBe(404);
    expect([await look('ls /tmp'), await readdir(folder)]).toEqual(['', ['site']]);
    const lost = await scenario.run('--dry-run', 'cp', 'web:/nothing', folder);
    expect(lost).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('/nothing') as string });
  });

  test('an archive goes out through stdout and in through stdin', async () => {
    await look('mkdir -p /out /in; echo a > /out/a');
    const words = (...more: readonly string[]): readonly string[] => [launcher, 'cp', ...more];
    const options = { cwd: scenario.directory, env: scenario.environment } as const;
    const writer = spawn(process.execPath, words('web:/out', '-'), { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
    const reader = spawn(process.execPath, words('-', 'web:/in'), {
      ...options,
      stdio: [writer.stdout, 'ignore', 'inherit'],
    });
    const exitCode = await new Promise((resolve) => reader.on('close', resolve));
    expect(exitCode).toBe(0);
    expect(await look('cat /in/out/a')).toBe('a\n');
  });

  test('export writes everything to a file that others cannot read, or nothing', async (context) => {
    const file = join(folder, 'web.tar');
    await scenario.succeed('export', '-o', file, 'web');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file)).includes('bin/busybox')).toBe(true);
    const lost = await scenario.run('export', '-o', join(folder, 'none/web.tar'), 'web');
    expect(lost).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('invalid output path') as string });
    expect((await readdir(folder)).toSorted()).toEqual(['site', 'web.tar']);
    await needTerminal(context);
    const terminal = startOnTerminal(scenario, 'export', 'web');
    expect((await terminal.ended).exitCode).toBe(1);
    expect(terminal.screen()).toContain('output option is required when exporting to terminal');
  });

  test('commit makes an image, under the name that is given', async () => {
    await look('echo kept > /kept');
    const name = `${scenario.project}:made`;
    const flags = ['-a', 'who', '-m', 'why', '-c', 'ENV CHANGED=yes', '--pause=false'];
    const { stderr } = await scenario.succeed('commit', ...flags, 'web', name);
    onTestFinished(async () => {
      await callEngine('DELETE', `/images/${name}?force=1`);
    });
    expect(stderr).toMatch(/Commit \S+-web-1 Committed as sha256:[0-9a-f]{64}\n$/);
    const image = await readEngine<{ Author: string; Config: { Env: readonly string[] } }>(`/images/${name}/json`);
    expect(image).toMatchObject({
      Author: 'who',
      Config: { Env: expect.arrayContaining(['CHANGED=yes']) as string[] },
    });
    const bad = await scenario.run('commit', 'web', 'UPPER');
    expect(bad).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('invalid reference format') as string });
  });
});
