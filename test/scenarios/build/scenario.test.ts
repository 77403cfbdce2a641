import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tarEnd, tarHeader, tarPadding } from '../../../src/source/tar-entry.ts';
import { engineEndpoint, readEngine } from '../harness/engine-api.ts';
import { openBuildScenario, projectImages } from '../harness/project-images.ts';
import { readInContainer } from '../harness/read-in-container.ts';
import { recordCalls } from '../harness/recording-proxy.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

/** A scenario whose images go with it. */
function opened(environment: Readonly<Record<string, string>> = {}): Scenario {
  return openBuildScenario(import.meta.dirname, { TOKEN: 'very-secret-word', ...environment });
}

/** The same project with other variables. */
function changed({ project }: Scenario, environment: Readonly<Record<string, string>>): Scenario {
  return openScenario(import.meta.dirname, {
    TOKEN: 'very-secret-word',
    COMPOSE_PROJECT_NAME: project,
    ...environment,
  });
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-build-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function containerIds(scenario: Scenario): Promise<Readonly<Record<string, string>>> {
  const listed = await scenario.containers();
  return Object.fromEntries(listed.map(({ Id, Labels }) => [Labels['com.docker.compose.service'], Id]));
}

/** Which of the texts are anywhere in the layers of an image, as `docker save` writes them. */
function findInLayers(image: string, texts: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const call = request({ ...engineEndpoint(), path: `/images/${image}/get` }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () => resolve(texts.filter((text) => Buffer.concat(pieces).includes(text))));
    });
    call.on('error', reject).end();
  });
}

test('with an empty PATH an image with a cache mount and a secret is built and started, and holds no secret', async () => {
  const greeting = `hello-${String(Date.now())}`;
  const scenario = opened({ PATH: '', GREETING: greeting });
  const { stdout, stderr } = await scenario.succeed('up', '-d');
  expect(stdout).toMatch(new RegExp(`^#\\d+ [\\d.]+ built with ${greeting}$`, 'm'));
  expect(stderr).toContain(`Image ${scenario.project}-web  Built`);
  const web = `${scenario.project}-web-1`;
  expect(await readInContainer(web, ['cat', '/greeting'])).toBe(`marked as ${greeting}\r\n`);
  expect(await readInContainer(web, ['ls', '/src'])).toMatch(/kept\.log\s+one\.txt/);
  expect(await findInLayers(`${scenario.project}-web`, ['very-secret-word', greeting])).toEqual([greeting]);
  expect(`${stdout}${stderr}`).not.toContain('very-secret-word');

  const [image] = await projectImages(scenario);
  expect(image?.Labels).toMatchObject({
    'com.docker.compose.project': scenario.project,
    'com.docker.compose.service': 'web',
    'org.example.kind': 'web',
  });
  const before = await containerIds(scenario);
  await scenario.succeed('up', '-d', '--build');
  expect(await containerIds(scenario)).toEqual(before);
});

test('a changed file makes a new image, which recreates its container alone; what it replaced is removed', async () => {
  const context = await temporaryFolder();
  await cp(join(import.meta.dirname, 'app'), context, { recursive: true });
  const scenario = opened({ CONTEXT: context, COMPOSE_PROFILES: 'other' });
  await scenario.succeed('up', '-d');
  const before = await containerIds(scenario);
  const images1 = await projectImages(scenario);

  await writeFile(join(context, 'src', 'ignored.log'), 'other');
  await scenario.succeed('up', '-d', '--build');
  expect(await containerIds(scenario)).toEqual(before);

  await writeFile(join(context, 'src', 'one.txt'), 'two');
  await scenario.succeed('up', '-d');
  expect(await containerIds(scenario)).toEqual(before);
  const { stdout } = await scenario.run('plan', '--build');
  expect(stdout).toContain('recreate container:web:1 if its image changes');
  await scenario.succeed('up', '-d', '--build');
  const after = await containerIds(scenario);
  expect(after['other']).toBe(before['other']);
  expect(after['web']).not.toBe(before['web']);
  expect(await readInContainer(`${scenario.project}-web-1`, ['cat', '/src/one.txt'])).toBe('two');
  const images2 = await projectImages(scenario);
  expect(images2).toHaveLength(images1.length);
  expect(images2.every(({ RepoTags }) => (RepoTags ?? []).length > 0)).toBe(true);
});

test('a failing step is told with its last lines and its place in the Dockerfile', async () => {
  const scenario = opened({ TARGET: 'broken' });
  const { exitCode, stdout, stderr } = await scenario.run('up', '-d');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('before the end');
  expect(stderr).toMatch(/^service "web" could not be built: .*exit code: 3$/m);
  expect(stderr).toMatch(/\| before the end/);
  expect((await scenario.containers()).length).toBe(0);
});

test('--no-build leaves a missing image missing', async () => {
  const { exitCode, stderr } = await opened().run('up', '-d', '--no-build');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/service "web"/);
});

test('arguments of the command line win over the file; without a cache every step runs; -q says nothing', async () => {
  const scenario = opened();
  const word = `ahoy-${String(Date.now())}`;
  const build = ['build', '--build-arg', `GREETING=${word}`] as const;
  const said = new RegExp(`^#\\d+ [\\d.]+ built with ${word}$`, 'm');
  expect((await scenario.succeed(...build)).stdout).toMatch(said);
  expect((await scenario.succeed(...build)).stdout).not.toMatch(said);
  expect((await scenario.succeed(...build, '--no-cache')).stdout).toMatch(said);
  expect(await scenario.succeed('build', '-q')).toMatchObject({ stdout: '', stderr: '' });
});

test('ten services that share a build are one build', async () => {
  const proxy = await recordCalls();
  const name = `topsail-shared-${String(process.pid)}`;
  const scenario = opened({ SHARED_IMAGE: name, DOCKER_HOST: proxy.address, COMPOSE_FILE: 'shared.yaml' });
  await scenario.succeed('up', '-d');
  expect(proxy.writes().filter((call) => call.endsWith('/grpc'))).toHaveLength(1);
  expect(proxy.writes().filter((call) => call.endsWith('/session'))).toHaveLength(1);
  const used = (await scenario.containers()).map(({ Labels }) => Labels['com.docker.compose.image']);
  expect(used).toHaveLength(10);
  expect(new Set(used).size).toBe(1);
});

test('builds that are contexts of others come first', async ({ skip }) => {
  const { ApiVersion } = await readEngine<{ readonly ApiVersion: string }>('/version');
  skip(Number(ApiVersion.split('.')[1]) < 42, 'named build contexts need API 1.42');
  const scenario = opened({ COMPOSE_FILE: 'contexts.yaml' });
  await scenario.succeed('up', '-d', '--build');
  const both = await readInContainer(`${scenario.project}-web-1`, ['cat', '/both.txt']);
  expect(both).toBe('base\r\nfrom the named context\r\n');
  expect(await projectImages(scenario)).toHaveLength(2);
  // Newer base images may be asked for although no registry has the build of another service.
  expect((await scenario.run('plan', 'web')).exitCode).toBe(0);
});

test('with an empty PATH a build section is built with all that it has, and holds no secret', async ({ skip }) => {
  const { ApiVersion, Os, Arch } = await readEngine<Readonly<Record<'ApiVersion' | 'Os' | 'Arch', string>>>('/version');
  skip(Number(ApiVersion.split('.')[1]) < 42, 'named build contexts need API 1.42');
  const file = join(await temporaryFolder(), 'secret.txt');
  await writeFile(file, 'a word that nobody keeps');
  const name = `topsail-everything-${String(process.pid)}`;
  const scenario = opened({
    COMPOSE_FILE: 'everything.yaml',
    PATH: '',
    EVERYTHING: name,
    SECRET_FILE: file,
    GIVEN: 'by the environment',
    PLATFORM: `${Os}/${Arch}`,
  });
  await scenario.succeed('up', '-d');
  const read = (path: string): Promise<string> => readInContainer(`${scenario.project}-web-1`, ['cat', path]);
  expect(await read('/secrets')).toBe('40\r\n');
  expect(await read('/given')).toBe('by the environment\r\n');
  expect(await read('/hosts')).toMatch(/^10\.0\.0\.1\s+one\.example\s*$/);
  expect(await read('/shm')).toMatch(/ 32768 /);
  expect(await read('/files')).toBe('1000\r\n');
  expect(await read('/one')).toBe('one\r\n');
  const [image] = await projectImages(scenario);
  expect(image?.RepoTags?.toSorted()).toEqual([`${name}:first`, `${name}:second`]);
  expect(image?.Labels).toMatchObject({ 'org.example.kind': 'all of it' });
  expect(await findInLayers(`${name}:first`, ['that nobody keeps', 'very-secret-word', 'one.example'])).toEqual([
    'one.example',
  ]);
});

test('a key file serves a build step over the forwarded agent, and --ssh names another one', async () => {
  const folder = await temporaryFolder();
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(join(folder, 'key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const scenario = opened({ COMPOSE_FILE: 'agent.yaml', KEY: join(folder, 'key'), TIME: String(Date.now()) });
  const { stdout } = await scenario.succeed('build');
  expect(stdout).toContain(`signed with the key of ${join(folder, 'key')}`);
  await cp(join(folder, 'key'), join(folder, 'other'));
  const instead = await scenario.succeed('build', '--no-cache', '--ssh', `default=${join(folder, 'other')}`, 'web');
  expect(instead.stdout).toContain(`signed with the key of ${join(folder, 'other')}`);
});

test('the classic builder builds what it can, and refuses the rest in the words of Docker Compose', async () => {
  const scenario = opened({ DOCKER_BUILDKIT: '0', COMPOSE_PROFILES: 'other' });
  await scenario.succeed('build', 'other');
  const [image] = await projectImages(scenario);
  expect(image?.Labels).toMatchObject({ 'com.docker.compose.image.builder': 'classic' });
  const { exitCode, stderr } = await scenario.run('build', 'web');
  expect(exitCode).toBe(1);
  expect(stderr).toContain("the classic builder doesn't support secrets, set DOCKER_BUILDKIT=1 to use BuildKit");
});

test('create builds what is missing and starts nothing', async () => {
  const scenario = opened({ COMPOSE_PROFILES: 'other' });
  await scenario.succeed('create', '--build', 'other');
  expect((await scenario.containers()).map(({ State }) => State)).toEqual(['created']);
  expect((await changed(scenario, { COMPOSE_PROFILES: 'other' }).run('plan', '--no-start', 'other')).exitCode).toBe(0);
});

test('--print names what would be built, and --check warns of a Dockerfile without building it', async ({ skip }) => {
  const scenario = opened({ COMPOSE_PROFILES: 'other' });
  const { stdout } = await scenario.succeed('build', '--print', 'web');
  expect(stdout).not.toContain('very-secret-word');
  expect(JSON.parse(stdout)).toMatchObject({
    target: { web: { target: 'run', tags: [`${scenario.project}-web`], secret: ['id=token,type=env,env=TOKEN'] } },
  });
  const { ApiVersion } = await readEngine<{ readonly ApiVersion: string }>('/version');
  skip(Number(ApiVersion.split('.')[1]) < 47, 'checks of Dockerfiles need API 1.47');
  const fine = await scenario.succeed('build', '--check', 'web');
  expect(fine.stdout).toContain('web\n\nCheck complete, no warnings found.');
  const warned = await scenario.run('build', '--check', 'other');
  expect(warned.exitCode).toBe(1);
  expect(warned.stdout).toMatch(
    /other\n\nCheck complete, 1 warning has been found!\n\nWARNING: InvalidDefaultArgInFrom/,
  );
  expect(await projectImages(scenario)).toEqual([]);
});

test('a tar file is a context', async () => {
  const folder = await temporaryFolder();
  const dockerfile = 'FROM scratch\nCOPY Dockerfile /it\n';
  const size = Buffer.byteLength(dockerfile);
  const header = tarHeader({ path: 'Dockerfile', kind: 'file', mode: 0o644, uid: 0, gid: 0, size, time: 0 });
  await writeFile(
    join(folder, 'context.tar'),
    Buffer.concat([header, Buffer.from(dockerfile), tarPadding(size), tarEnd]),
  );
  const file = `services: {one: {build: {context: ./context.tar}}}`;
  await writeFile(join(folder, 'compose.yaml'), file);
  const scenario = opened({ COMPOSE_FILE: join(folder, 'compose.yaml') });
  await scenario.succeed('build');
  expect((await projectImages(scenario)).map(({ RepoTags }) => RepoTags)).toEqual([[`${scenario.project}-one:latest`]]);
});

test('run --build builds the image of its service first', async () => {
  const context = await temporaryFolder();
  await cp(join(import.meta.dirname, 'app'), context, { recursive: true });
  const scenario = opened({ CONTEXT: context });
  const show = ['run', '--rm', '-T', 'web', 'cat', '/src/one.txt'] as const;
  expect((await scenario.succeed(...show)).stdout).toMatch(/^one$/m);
  await writeFile(join(context, 'src', 'one.txt'), 'two\n');
  expect((await scenario.succeed(...show)).stdout).toBe('one\n');
  expect((await scenario.succeed('run', '--build', ...show.slice(1))).stdout).toMatch(/^two$/m);
});
