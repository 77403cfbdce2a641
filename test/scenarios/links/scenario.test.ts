import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type TestContext, test } from 'vitest';
import { isTopsailError } from '../../../src/diagnostics/topsail-error.ts';
import { type LinkRequest, type ServiceHandle, up } from '../../../src/testing/index.ts';
import { makeImageWith } from '../harness/own-image.ts';

const run = promisify(execFile);
const file = join(import.meta.dirname, 'compose.yaml');
const busybox = process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest';

/** An image of the test's own with the tc of this machine. */
async function needTcImage({ skip }: TestContext): Promise<string> {
  const script = 'set -e; tc=$(command -v tc); "$tc" -V; ldd "$tc"';
  const { stdout } = await run('sh', ['-c', script], { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } }).catch(() =>
    skip('not available here: tc of iproute2'),
  );
  const libraries = [...stdout.matchAll(/\/(\S+) \(0x/g)].map(([, path = '']) => path);
  const { stdout: tar } = await run('tar', ['-chf', '-', '-C', '/', 'usr/sbin/tc', ...libraries], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 ** 2,
    env: { PATH: '/usr/bin:/bin' },
  });
  const name = `topsail-links-${randomBytes(4).toString('hex')}`;
  await makeImageWith(name, tar);
  return `${name}:latest`;
}

async function disciplines(service: ServiceHandle): Promise<string> {
  const { stdout } = await service.exec(['tc', 'qdisc', 'show'], { user: '0' });
  return stdout;
}

async function refusal(service: ServiceHandle, request: LinkRequest): Promise<string> {
  const error: unknown = await service.link(request).catch((thrown: unknown) => thrown);
  if (!isTopsailError(error)) throw error;
  return `${error.code}: ${error.message}`;
}

test('a link is shaped in the container, or from one beside it, on one network, and healed', async (context) => {
  const image = await needTcImage(context);
  await using stack = await up(file, { env: { TOPSAIL_TEST_BUSYBOX: busybox, TC_IMAGE: image } });
  const [web, db] = [stack.service('web'), stack.service('db')];
  const before = await disciplines(db);
  await db.link({ bandwidth: '1mbit', network: 'back' });
  expect((await disciplines(db)).match(/tbf .*rate 1Mbit/g)).toHaveLength(1);
  await db.link({ bandwidth: 2_000_000, network: 'back' });
  expect((await disciplines(db)).match(/rate \S+/g)).toEqual(['rate 2Mbit']);
  await web.link({ bandwidth: '256kbit', image });
  await stack.heal();
  expect(await disciplines(db)).toBe(before);
});

test('what is missing is said: a tc in the image, a module in the kernel', async (context) => {
  const image = await needTcImage(context);
  await using stack = await up(file, { env: { TOPSAIL_TEST_BUSYBOX: busybox, TC_IMAGE: image } });
  const [web, db] = [stack.service('web'), stack.service('db')];
  expect(await refusal(web, { bandwidth: '1mbit' })).toBe(
    'fault-impossible: not possible here: the image of service "web" has no tc',
  );
  expect(await refusal(db, { latency: 10, network: 'front' })).toBe('no-such-network: no such network: front');
  const netem = await refusal(db, { latency: 50, loss: 0.1 }).catch(() => disciplines(db));
  expect(netem).toMatch(/the kernel of the engine has no netem|netem .*delay 50ms loss 10%/);
});
