import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectBuilder } from '../../../src/connect/connect-builder.ts';
import type { BuildNews, BuildRequest } from '../../../src/engine/builder.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { createBuildxBuilder } from '../../../src/process/create-buildx-builder.ts';
import { findOtherBuilder } from '../../../src/process/run-buildx.ts';
import { buildRequestOf } from '../../fakes/build-request.ts';

interface Written {
  readonly bake: { readonly target: { readonly image: Readonly<Record<string, unknown>> } };
  readonly words: readonly string[];
  readonly secret: string | undefined;
}

/** A program that lists builders, and writes down what it is asked to build. */
async function fakeBuildx(
  body: string,
): Promise<{ readonly configuration: string; readonly asked: () => Promise<Written> }> {
  const configuration = await mkdtemp(join(tmpdir(), 'topsail-buildx-test-'));
  onTestFinished(() => rm(configuration, { recursive: true, force: true }));
  await mkdir(join(configuration, 'cli-plugins'));
  const path = join(configuration, 'cli-plugins', 'docker-buildx');
  const asked = join(configuration, 'asked.json');
  await writeFile(
    path,
    `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const words = process.argv.slice(2);
if (words[0] === 'ls') {
  for (const [Name, Driver, Current] of [['default', 'docker', true], ['one', 'remote'], ['two', 'docker-container']])
    console.log(JSON.stringify({ Name, Driver, Current: Current === true }));
  process.exit(0);
}
const bake = JSON.parse(readFileSync(0, 'utf8'));
writeFileSync(${JSON.stringify(asked)}, JSON.stringify({ bake, words, secret: process.env.TOKEN }));
const done = (metadata) => writeFileSync(words[words.indexOf('--metadata-file') + 1], JSON.stringify({ image: metadata }));
${body}
`,
  );
  await chmod(path, 0o755);
  return { configuration, asked: async () => JSON.parse(await readFile(asked, 'utf8')) as Written };
}

const several = { platforms: ['linux/amd64', 'linux/arm64'] };

test('what the engine cannot hold is built by another builder of buildx, and said so', async () => {
  const { configuration, asked } = await fakeBuildx(
    `console.error(JSON.stringify({ vertexes: [{ digest: 'a', name: 'RUN a' }] }));
done({ 'containerimage.digest': 'sha256:index' });`,
  );
  const environment = { DOCKER_CONFIG: configuration };
  const builder = connectBuilder(createMemoryEngine(), { environment, homeDirectory: '/nowhere' });
  const secrets = [{ id: 's', variable: 'TOKEN', value: 'word' }];
  const news: BuildNews[] = [];
  const request = buildRequestOf({ ...several, secrets, network: 'host', publish: true });
  expect(await builder.build(request, (each) => news.push(each))).toEqual({
    id: 'sha256:index',
    digest: 'sha256:index',
  });
  expect(news).toEqual([
    expect.objectContaining({ text: expect.stringMatching(/linux\/arm64.*: the builder one of buildx builds$/) }),
    { kind: 'step', step: 'a', name: 'RUN a', state: 'waiting' },
  ]);
  const { bake, words, secret } = await asked();
  expect(bake.target.image).toMatchObject({ ...several, output: ['type=image,push=true'] });
  expect(words).toEqual(
    expect.arrayContaining(['--builder', 'one', '--progress', 'rawjson', '--allow', 'network.host']),
  );
  expect(secret).toBe('word');
});

test('an image for one platform has the id that the engine gives it', async () => {
  const { configuration } = await fakeBuildx(
    `done({ 'containerimage.digest': 'sha256:manifest', 'containerimage.config.digest': 'sha256:config' });`,
  );
  const environment = { DOCKER_CONFIG: configuration };
  const builder = connectBuilder(createMemoryEngine(), { environment, homeDirectory: '/nowhere' });
  const request = buildRequestOf({ cacheTo: ['type=local,dest=/cache'] });
  expect(await builder.build(request, () => undefined)).toEqual({ id: 'sha256:config' });
});

test('a context that is a build of the project is built by the other builder, too', async () => {
  const { configuration, asked } = await fakeBuildx(
    `writeFileSync(words[words.indexOf('--metadata-file') + 1], JSON.stringify({ _image: { 'containerimage.digest': 'sha256:index' } }));`,
  );
  const environment = { DOCKER_CONFIG: configuration };
  const builder = connectBuilder(createMemoryEngine(), { environment, homeDirectory: '/nowhere' });
  const secrets = [{ id: 's', variable: 'TOKEN', value: 'word' }];
  const deepest = buildRequestOf({ context: { kind: 'folder', path: '/deepest' }, secrets, network: 'host' });
  const contextOf = (service: string, request: BuildRequest): BuildRequest['contexts'] => [
    { name: 'base', source: { kind: 'build', reference: service, service, request } },
  ];
  const middle = buildRequestOf({ contexts: contextOf('image', deepest), cacheTo: ['type=local,dest=/cache'] });
  const request = buildRequestOf({ ...several, contexts: contextOf('the.middle', middle) });
  expect(await builder.build(request, () => undefined)).toEqual({ id: 'sha256:index' });
  const { bake, words, secret } = await asked();
  expect(bake.target).toEqual({
    _image: expect.objectContaining({ contexts: { base: 'target:the_middle' }, tags: ['app'] }),
    the_middle: expect.objectContaining({ contexts: { base: 'target:image' }, output: ['type=cacheonly'] }),
    image: expect.objectContaining({ context: '/deepest', output: ['type=cacheonly'] }),
  });
  expect(bake.target).not.toHaveProperty('the_middle.tags');
  expect(bake.target).not.toHaveProperty('the_middle.cache-to');
  expect(words.at(-1)).toBe('_image');
  expect(words).toContain('network.host');
  expect(secret).toBe('word');
});

test('a failed build has the reason that buildx says last', async () => {
  const { configuration } = await fakeBuildx(
    `console.error('at work\\nERROR: failed to build: failed to solve: no such step'); process.exitCode = 1;`,
  );
  const environment = { DOCKER_CONFIG: configuration };
  const found = await findOtherBuilder({ environment, homeDirectory: '/nowhere' });
  expect(found?.name).toBe('one');
  if (found === undefined) return;
  const built = createBuildxBuilder(found, environment).build(buildRequestOf({}), () => undefined);
  await expect(built).rejects.toMatchObject({ kind: 'failed', message: 'no such step' });
});

test('without another builder the refusal stands', async () => {
  const environment = { DOCKER_CONFIG: '/nowhere', PATH: '' };
  const builder = connectBuilder(createMemoryEngine(), { environment, homeDirectory: '/nowhere' });
  await expect(builder.build(buildRequestOf(several), () => undefined)).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('docker buildx create'),
  });
});
