import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { callEngine } from './engine-api.ts';

/**
 * Makes an image of the test's own, removed with the test: removing it never touches the one it is made from. With a payload
 * it has a layer of so many bytes that nobody else has. Gives its id.
 */
export async function makeOwnImage(
  repository: string,
  labels: Readonly<Record<string, string>> = {},
  payloadBytes = 0,
): Promise<string> {
  const Image = process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest';
  const Cmd = ['sh', '-c', `head -c ${String(payloadBytes)} /dev/urandom > /payload`];
  const created = await callEngine('POST', '/containers/create', { Image, Cmd: payloadBytes > 0 ? Cmd : ['true'] });
  const { Id } = created.body as { Id: string };
  if (payloadBytes > 0) {
    await callEngine('POST', `/containers/${Id}/start`);
    await callEngine('POST', `/containers/${Id}/wait`);
  }
  const query = `container=${Id}&repo=${encodeURIComponent(repository)}&tag=latest`;
  const { status, body } = await callEngine('POST', `/commit?${query}`, {
    Labels: { 'dev.topsail.test': randomBytes(4).toString('hex'), ...labels },
  });
  await callEngine('DELETE', `/containers/${Id}?force=1`);
  if (status !== 201) throw new Error(`the engine made no image ${repository}: ${JSON.stringify(body)}`);
  const { Id: image } = body as { Id: string };
  onTestFinished(async () => {
    await callEngine('DELETE', `/images/${image}?force=1`);
  });
  return image;
}

/** Whether the engine has an image of that name. */
export async function imageExists(name: string): Promise<boolean> {
  return (await callEngine('GET', `/images/${name}/json`)).status === 200;
}
