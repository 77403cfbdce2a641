import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { runAny } from '../harness/any-command.ts';
import { needDockerCompose } from '../harness/docker-compose.ts';
import { callEngine } from '../harness/engine-api.ts';
import { imageExists, makeOwnImage } from '../harness/own-image.ts';
import {
  type ClientVariables,
  needRegistry,
  type PasswordRegistry,
  startPasswordRegistry,
} from '../harness/password-registry.ts';
import { type RecordingProxy, recordCalls } from '../harness/recording-proxy.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

let started: PasswordRegistry | undefined;

beforeAll(async () => {
  started = await startPasswordRegistry();
});

afterAll(() => started?.stop());

interface Pantry {
  readonly image: string;
  readonly scenario: Scenario;
  /** Calls to the engine that pull. */
  readonly pulls: () => number;
}

/** A registry that has one image, which is not on the engine, and a client that may pull it. */
async function pantry(context: TestContext): Promise<Pantry> {
  const registry = await needRegistry(context, started);
  const image = `${registry.host}/app-${randomBytes(4).toString('hex')}`;
  const client = await registry.withLogin();
  const proxy = await recordCalls();
  await makeOwnImage(image, {}, 1000);
  await open(image, client).succeed('push', '-q', 'named-alike');
  await removeImage(image);
  return { image, scenario: open(image, { ...client, DOCKER_HOST: proxy.address }), pulls: () => pullsOf(proxy) };
}

function open(image: string, variables: ClientVariables): Scenario {
  return openScenario(import.meta.dirname, { APP: image, ...variables });
}

async function removeImage(image: string): Promise<void> {
  await callEngine('DELETE', `/images/${image}:latest?force=1`);
}

function pullsOf(proxy: RecordingProxy): number {
  return proxy.writes().filter((call) => call.endsWith('/images/create')).length;
}

test('services without a policy are pulled anew, and the reasons of those left out are told', async (context) => {
  const { image, scenario, pulls } = await pantry(context);
  const services = ['plain', 'again', 'missing', 'daily', 'never', 'built'];
  const first = await scenario.succeed('pull', ...services);
  expect(pulls()).toBe(1);
  expect(first.stderr).toMatch(new RegExp(` Image ${image} +Pulled\n`));
  expect(first.stderr).toContain(' never Skipped\n');
  expect(first.stderr).toContain(' built Skipped - No image to be pulled\n');
  await scenario.succeed('pull', 'plain');
  expect(pulls()).toBe(2);
  const { stderr } = await scenario.succeed('pull', 'missing');
  expect(stderr).toContain(' missing Skipped - Image is already present locally\n');
  await scenario.succeed('pull', '--policy', 'missing', 'plain', 'again');
  expect(pulls()).toBe(2);
});

test('named services are pulled without their dependencies, unless these are asked for', async (context) => {
  const { image, scenario } = await pantry(context);
  const alone = await scenario.run('pull', '--ignore-pull-failures', 'named');
  expect(alone.exitCode).toBe(0);
  expect(await imageExists(image)).toBe(false);
  await scenario.run('pull', '--include-deps', 'named');
  expect(await imageExists(image)).toBe(true);
});

test('what can be built is told so when it cannot be pulled, or left out', async (context) => {
  const { image, scenario, pulls } = await pantry(context);
  const failed = await scenario.run('pull', 'named', 'plain');
  expect(failed.exitCode).toBe(1);
  expect(failed.stderr).toContain('topsail build named');
  expect(failed.stderr).toMatch(new RegExp(`^service "named" has no image ${image}-built: `, 'm'));
  expect(await imageExists(image)).toBe(true);
  const before = pulls();
  const { stderr } = await scenario.succeed('pull', '--ignore-buildable', 'named');
  expect(stderr).toContain(' named Skipped - Image can be built\n');
  expect(pulls()).toBe(before);
});

test('up pulls what is missing only, and what is older than its policy allows', async (context) => {
  const { scenario, pulls } = await pantry(context);
  await scenario.succeed('up', '-d', 'daily');
  expect(pulls()).toBe(1);
  await scenario.succeed('up', '-d', 'daily');
  expect(pulls()).toBe(1);
  const { stderr } = await scenario.succeed('up', '-d', '--pull', 'always', '--quiet-pull', 'daily');
  expect(stderr).toMatch(/Image \S+ +Pulled\n/);
  expect(stderr).not.toMatch(/Downloading|Extracting|Pull complete|Already exists/);
  expect(pulls()).toBe(2);
  expect((await scenario.run('up', '-d', 'never')).stderr).toContain('never');
  expect(pulls()).toBe(2);
});

test('up builds what it cannot pull, and down --rmi local removes what it built', async (context) => {
  const { image, scenario, pulls } = await pantry(context);
  const { stderr } = await scenario.succeed('up', '-d', 'fallback');
  expect(pulls()).toBe(1);
  expect(stderr).toContain(`warning: service "fallback" has no image ${image}-fallback: `);
  expect((await scenario.inspect('fallback')).State.Status).toBe('running');
  await scenario.succeed('up', '-d', 'fallback');
  expect(pulls()).toBe(1);
  await scenario.succeed('down', '--rmi', 'local', 'fallback');
  expect(await imageExists(`${image}-fallback`)).toBe(false);
});

test('an image for another platform counts as absent', async (context) => {
  const { image, scenario, pulls } = await pantry(context);
  await scenario.succeed('pull', 'missing');
  const elsewhere = open(image, {
    DOCKER_CONFIG: scenario.environment['DOCKER_CONFIG'] ?? '',
    DOCKER_HOST: scenario.environment['DOCKER_HOST'] ?? '',
    DOCKER_DEFAULT_PLATFORM: 'linux/s390x',
  });
  await elsewhere.run('pull', 'missing');
  expect(pulls()).toBe(2);
});

test('-q says nothing but errors', async (context) => {
  const { scenario } = await pantry(context);
  expect((await scenario.succeed('pull', '-q', 'plain', 'never')).stderr).toBe('');
  expect((await scenario.run('pull', '-q', 'named')).stderr).toMatch(/^service "named" /);
});

const words: readonly (readonly string[])[] = [
  ['pull', 'plain', 'never', 'built'],
  ['pull', 'named'],
  ['pull', '--ignore-buildable', 'named'],
  ['pull', '--ignore-pull-failures', 'named'],
  ['pull', '--policy', 'missing', 'never'],
  ['pull', 'nothing'],
  ['push', 'plain', 'built'],
  ['push', 'named'],
  ['push', '--ignore-push-failures', 'named'],
  ['push', '--include-deps', 'named-alike'],
];

test('exit codes are those of docker compose', async (context) => {
  const { scenario } = await pantry(context);
  await needDockerCompose(context, scenario);
  const { directory, environment } = scenario;
  const rival: number[] = [];
  for (const line of words)
    rival.push((await runAny('docker', ['compose', ...line], { directory, environment })).exitCode);
  const ours: number[] = [];
  for (const line of words) ours.push((await scenario.run(...line)).exitCode);
  expect(ours).toEqual(rival);
});
