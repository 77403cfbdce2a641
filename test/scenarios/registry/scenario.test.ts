import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startDyingRegistry } from '../harness/dying-registry.ts';
import { callEngine } from '../harness/engine-api.ts';
import { imageExists, makeOwnImage } from '../harness/own-image.ts';
import {
  type ClientVariables,
  needRegistry,
  type PasswordRegistry,
  startPasswordRegistry,
} from '../harness/password-registry.ts';
import { recordCalls } from '../harness/recording-proxy.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

let started: PasswordRegistry | undefined;

beforeAll(async () => {
  started = await startPasswordRegistry();
});

afterAll(() => started?.stop());

/** A name in the registry that no other test uses. */
function newName(host: string): string {
  return `${host}/app-${randomBytes(4).toString('hex')}`;
}

function open(image: string, variables: ClientVariables): Scenario {
  return openScenario(import.meta.dirname, { APP: image, ...variables });
}

/** Makes an image and pushes it; it is in the registry only. */
async function publish(image: string, client: ClientVariables): Promise<{ readonly digest: string }> {
  await makeOwnImage(image, {}, 200_000);
  const { stderr } = await open(image, client).succeed('push', 'built');
  const [, digest = ''] = new RegExp(`Image ${image} +Pushed (sha256:[0-9a-f]{64})`).exec(stderr) ?? [];
  expect(digest).not.toBe('');
  await callEngine('DELETE', `/images/${image}:latest?force=1`);
  expect(await imageExists(image)).toBe(false);
  return { digest };
}

test.for(['withLogin', 'withHelper'] as const)('a client %s pushes and pulls', async (kind, context) => {
  const registry = await needRegistry(context, started);
  const client = await registry[kind]();
  const image = newName(registry.host);
  await publish(image, client);
  const { stderr } = await open(image, client).succeed('pull', 's0');
  expect(stderr).toMatch(new RegExp(`Image ${image} +Pulled`));
  expect(await imageExists(image)).toBe(true);
});

test('an image is pulled by its digest, with a tag before it or not, and then is there', async (context) => {
  const registry = await needRegistry(context, started);
  const client = await registry.withLogin();
  const image = newName(registry.host);
  const { digest } = await publish(image, client);
  const proxy = await recordCalls();
  for (const reference of [`${image}@${digest}`, `${image}:latest@${digest}`]) {
    const scenario = open(reference, { ...client, DOCKER_HOST: proxy.address });
    await scenario.succeed('up', '-d', 's0');
    proxy.forget();
    await scenario.succeed('up', '-d', 's0');
    expect(proxy.writes()).toEqual([]);
  }
});

test('a wrong password gives one clear error, and so does none', async (context) => {
  const registry = await needRegistry(context, started);
  const image = newName(registry.host);
  await publish(image, await registry.withLogin());
  const wrong = await open(image, await registry.withLogin({ password: 'open barley' })).run('pull', '-q', 's0');
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stderr.split('\n')[0]).toMatch(
    /^service "s0" may not pull \S+: the registry refuses the login of "keeper": .*unauthorized/i,
  );
  expect(wrong.stderr).toContain(`log in with: docker login ${registry.host}`);
  expect(wrong.stderr).toMatch(/services\.s0\.image is at \S+compose\.yaml:\d+:\d+/);
  expect(wrong.stderr).not.toContain('barley');
  const none = await open(image, await registry.withoutLogin()).run('up', '-d', 's0');
  expect(none.exitCode).toBe(1);
  expect(none.stderr).toContain(`service "s0" may not pull ${image}: there is no login for the registry: `);
});

test('a registry that dies in the middle of a pull gives one clear error, and the next run succeeds', async (context) => {
  const registry = await needRegistry(context, started);
  const relay = await startDyingRegistry(registry.host);
  const client = await registry.withLogin({ host: relay.host });
  const image = newName(relay.host);
  await publish(image, client);
  relay.dieAtNextLayer();
  const scenario = open(image, client);
  const { exitCode, stderr } = await scenario.run('up', '-d', 's0');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(new RegExp(`^service "s0" could not pull ${image}: .+`, 'm'));
  expect(stderr.match(/^service "s0"/gm)).toHaveLength(1);
  await relay.revive();
  await scenario.succeed('up', '-d', 's0');
  expect((await scenario.inspect('s0')).State.Status).toBe('running');
});

test('ten services that share an image pull it once', async (context) => {
  const registry = await needRegistry(context, started);
  const client = await registry.withLogin();
  const image = newName(registry.host);
  await publish(image, client);
  const proxy = await recordCalls();
  const scenario = open(image, { ...client, DOCKER_HOST: proxy.address });
  const pulls = (): number => proxy.writes().filter((call) => call.endsWith('/images/create')).length;
  await scenario.succeed('up', '-d');
  expect(pulls()).toBe(1);
  expect(await scenario.containers()).toHaveLength(10);
  await scenario.succeed('pull');
  expect(pulls()).toBe(2);
});

test('a changed image recreates exactly the containers that use it, an unchanged one none', async (context) => {
  const registry = await needRegistry(context, started);
  const client = await registry.withLogin();
  const image = newName(registry.host);
  await publish(image, client);
  const scenario = open(image, { ...client, COMPOSE_FILE: 'changed.yaml' });
  const ids = async (): Promise<ReadonlyMap<string, string>> =>
    new Map(
      (await scenario.containers()).map(({ Names, Id }) => [Names[0]?.replace(`/${scenario.project}-`, '') ?? '', Id]),
    );
  await scenario.succeed('up', '-d');
  const first = await ids();
  await scenario.succeed('up', '-d');
  expect(await ids()).toEqual(first);
  await publishAgain(image, client);
  await scenario.succeed('up', '-d');
  const second = await ids();
  expect(second.get('other-1')).toBe(first.get('other-1'));
  expect(second.get('app-1')).not.toBe(first.get('app-1'));
  expect(second.get('app-2')).not.toBe(first.get('app-2'));
  expect((await scenario.run('plan')).stdout).toContain('if its image changes');
});

/** Puts another image under the name; the engine goes back to the one that its containers use. */
async function publishAgain(image: string, client: ClientVariables): Promise<void> {
  const { body } = await callEngine('GET', `/images/${image}:latest/json`);
  const { Id } = body as { readonly Id: string };
  await makeOwnImage(image, {}, 1000);
  await open(image, client).succeed('push', '-q', 'built');
  const [repo, tag] = [encodeURIComponent(image), 'latest'];
  await callEngine('POST', `/images/${Id}/tag?repo=${repo}&tag=${tag}`);
}

test('a tag that does not exist is told with those that are near', async (context) => {
  const registry = await needRegistry(context, started);
  const client = await registry.withLogin();
  const image = newName(registry.host);
  await publish(image, client);
  const { exitCode, stderr } = await open(`${image}:lates`, client).run('pull', '-q', 's0');
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`has no tag lates of ${image.split('/')[1] ?? ''}`);
  expect(stderr).toContain('its tags nearest to that: latest');
  const nowhere = newName(registry.host);
  const missing = await open(nowhere, client).run('pull', '-q', 's0');
  expect(missing.stderr).toContain(`${registry.host} has no repository ${nowhere.split('/')[1] ?? ''}`);
});

test('a build uses the logins for its base image and its cache, and is pushed', async (context) => {
  const registry = await needRegistry(context, started);
  const client = await registry.withHelper();
  const [image, built] = [newName(registry.host), newName(registry.host)];
  await publish(image, client);
  onTestFinished(async () => {
    for (const name of [image, built]) await callEngine('DELETE', `/images/${name}?force=1`);
  });
  const variables = { COMPOSE_FILE: 'build.yaml', BUILT: built, MARK: built };
  const { stderr } = await open(image, { ...client, ...variables }).succeed('build', '--push');
  expect(stderr).toMatch(new RegExp(`Image ${built} +Pushed sha256:[0-9a-f]{64}$`, 'm'));
  const { stdout } = await open(image, { ...client, ...variables }).succeed('build');
  expect(stdout).toContain(`importing cache manifest from ${built}`);

  const stranger = await registry.withLogin({ password: 'open barley' });
  const refused = await open(image, { ...stranger, ...variables, MARK: 'again' }).run('build');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/^service "built" could not be built: .*(?:401|unauthorized|authoriz)/im);
});

test('the classic builder is sent the logins for its base image', async (context) => {
  const registry = await needRegistry(context, started);
  const client = { ...(await registry.withHelper()), DOCKER_BUILDKIT: '0' };
  const [image, built] = [newName(registry.host), newName(registry.host)];
  await publish(image, client);
  onTestFinished(async () => {
    for (const name of [image, built]) await callEngine('DELETE', `/images/${name}?force=1`);
  });
  const variables = { COMPOSE_FILE: 'build.yaml', BUILT: built, MARK: built };
  const { stdout } = await open(image, { ...client, ...variables }).succeed('build');
  expect(stdout).toContain(`built at ${built}`);
});
