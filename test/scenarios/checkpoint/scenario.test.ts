import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Stack } from '../../../src/testing/stack.ts';
import { up } from '../../../src/testing/up.ts';

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
].join('\n');
const change =
  'cd /data && echo more >>a/one && echo instead >a/b/two && rm -r a/gone link && echo new >new && chmod 777 . a/b';

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
