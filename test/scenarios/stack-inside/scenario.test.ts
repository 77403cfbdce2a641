import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { up } from '../../../src/testing/up.ts';
import { engineEndpoint } from '../harness/engine-api.ts';
import { engineKind } from '../harness/engine-kind.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const program = relative(repository, fileURLToPath(new URL('./drive.mjs', import.meta.url)));
const node = process.env['TOPSAIL_TEST_NODE'] ?? 'node:20-alpine';

test("a stack is reached from inside a container that shares the engine's socket, or it is said why not", async ({
  skip,
}) => {
  const endpoint = engineEndpoint();
  if (!('socketPath' in endpoint)) skip('not available here: the socket of the engine');
  const { socketPath } = endpoint as { readonly socketPath: string };
  const driver = {
    image: node,
    command: ['node', `/repository/${program}`],
    environment: { DOCKER_HOST: 'unix:///engine.sock', TOPSAIL_TEST_NODE: node },
    volumes: [`${socketPath}:/engine.sock`, `${repository}:/repository:ro`],
  };
  await using stack = await up({ services: { driver } });
  const job = stack.service('driver');
  await job.waitFor({ exit: 'any' }, { timeout: 90_000 });
  const lines: string[] = [];
  for await (const { text } of job.logs()) lines.push(text);
  const found = JSON.parse(lines.at(-1) ?? '{}') as Readonly<Record<string, unknown>>;
  if ((await engineKind()).rootless) {
    // What such an engine publishes is published outside of the network in which its containers have their gateways.
    expect(found['failed']).toMatch(/"web" timed out[^]*last probe from outside: .*:\d+: connection refused/);
    return;
  }
  expect(found).toMatchObject({ web: 'hello', published: true });
  // Engines keep their networks apart, unless their host lets them.
  expect(['hello', 'not-reachable']).toContain(found['apart']);
  expect(found['local']).toBe(found['apart']);
});
