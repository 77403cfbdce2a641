import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { connectEngine } from '../../../src/connect/connect-engine.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Stack } from '../../../src/testing/stack.ts';
import { up } from '../../../src/testing/up.ts';
import { eventually, leftOf, removeCopiesLater } from '../harness/copies.ts';
import { ofProject, readEngine } from '../harness/engine-api.ts';
import { openScenario } from '../harness/scenario.ts';

const file = join(import.meta.dirname, 'compose.yaml');
const env = { TOPSAIL_TEST_BUSYBOX: process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest' };

async function run(stack: Stack, service: string, script: string): Promise<string> {
  const { exitCode, stdout, stderr } = await stack.service(service).exec(['sh', '-c', script]);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

/** Everything in /data: types, owners, modes, names and contents. */
const picture =
  'cd /data && find . | sort | xargs stat -c "%n %F %u:%g %a" && find . -type f | sort | xargs cat | md5sum';
const fill = [
  'cd /data && chown 33:44 . && chmod 750 .',
  'mkdir -p a/b && echo one >a/one && ln -s a/one link && chmod 600 a/one && chown 7:8 a/b && echo two >a/b/two && echo gone >a/gone',
  // More than fits into the buffers between the engine and here.
  'head -c 4000000 /dev/urandom >a/large',
].join('\n');
const change =
  'cd /data && echo more >>a/one && echo instead >a/b/two && echo x | dd of=a/large conv=notrunc bs=1 seek=999 2>/dev/null && rm -r a/gone link && echo new >new && chmod 777 . a/b';

test.for(['store', 'unnamed'])(
  'the volume of %s comes back as it was, as often as it is asked for',
  async (service) => {
    await using stack = await up(file, { env });
    await run(stack, service, fill);
    const before = await run(stack, service, picture);
    const bystander = await stack.service('bystander').inspect();
    await stack.checkpoint('filled');
    expect(await run(stack, service, picture)).toBe(before);
    for (let round = 0; round < 3; round += 1) {
      await run(stack, service, change);
      expect(await run(stack, service, picture)).not.toBe(before);
      await stack.reset('filled');
      expect(await run(stack, service, picture)).toBe(before);
    }
    expect((await stack.service('bystander').inspect()).State.StartedAt).toBe(bystander.State.StartedAt);
  },
);

test('where the engine mounts no overlays the content is copied', async () => {
  const real = await connectEngine({ environment: process.env, homeDirectory: '/' });
  const withoutOverlays: Engine = {
    ...real,
    volumes: {
      ...real.volumes,
      create: (body, call) =>
        real.volumes.create(
          body.DriverOpts?.['type'] === 'overlay'
            ? { ...body, DriverOpts: { ...body.DriverOpts, type: 'nofs' } }
            : body,
          call,
        ),
    },
  };
  try {
    await using stack = await up(file, { env, engine: withoutOverlays });
    await run(stack, 'store', fill);
    const before = await run(stack, 'store', picture);
    await stack.checkpoint('filled');
    for (let round = 0; round < 2; round += 1) {
      await run(stack, 'store', change);
      await stack.reset('filled');
      expect(await run(stack, 'store', picture)).toBe(before);
    }
    const { Volumes: volumes } = await readEngine<{ Volumes: readonly { Options: unknown }[] }>(
      `/volumes?${ofProject(stack.name)}`,
    );
    expect(volumes.filter(({ Options: options }) => options !== null)).toEqual([]);
  } finally {
    await real.close();
  }
});

test('several checkpoints of several services are kept apart, and each comes back from the other', async () => {
  await using stack = await up(file, { env });
  const both = (script: string): Promise<readonly string[]> =>
    Promise.all(['store', 'unnamed'].map((service) => run(stack, service, script)));
  await both('echo one >/data/which');
  await stack.checkpoint('one');
  await both('echo two >/data/which; echo more >/data/more');
  await stack.checkpoint('two');
  await stack.reset('one');
  expect(await both('cat /data/*')).toEqual(['one\n', 'one\n']);
  await stack.reset('two');
  expect(await both('cat /data/*')).toEqual(['more\ntwo\n', 'more\ntwo\n']);
  await both('echo three >/data/which');
  await stack.checkpoint('two');
  await both('rm /data/*');
  await stack.reset('two');
  expect(await both('cat /data/*')).toEqual(['more\nthree\n', 'more\nthree\n']);
  const { Volumes: volumes } = await readEngine<{ Volumes: readonly unknown[] }>(`/volumes?${ofProject(stack.name)}`);
  // For each of two: what it uses, what changes in it, and what each of two checkpoints kept.
  expect(volumes).toHaveLength(8);
  await expect(stack.reset('three')).rejects.toThrow('there is no checkpoint "three": there are one, two');
});

test('a process that is killed in a reset leaves nothing', async () => {
  const { project, environment } = openScenario(import.meta.dirname);
  removeCopiesLater(project);
  const program = fileURLToPath(new URL('./drive.mjs', import.meta.url));
  for (const moment of [60, 250]) {
    const child = spawn(process.execPath, [program, file, project], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const [name] = (await once(child.stdout, 'data')) as [Buffer];
    await sleep(moment);
    child.kill('SIGKILL');
    await ended;
    const left = await eventually(
      () => leftOf(name.toString().trim()),
      (names) => names.length === 0,
    );
    expect({ moment, left }).toEqual({ moment, left: [] });
  }
});
