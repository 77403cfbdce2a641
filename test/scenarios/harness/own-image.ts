import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { callEngine, engineEndpoint, readEngine } from './engine-api.ts';

/**
 * Makes an image of the test's own, removed with the test: removing it never touches the one it is made from. With a payload
 * it has a layer of so many bytes that nobody else has. Gives its id.
 */
export async function makeOwnImage(
  repository: string,
  labels: Readonly<Record<string, string>> = {},
  payloadBytes = 0,
): Promise<string> {
  const Cmd = ['sh', '-c', `head -c ${String(payloadBytes)} /dev/urandom > /payload`];
  return commitImage(repository, labels, payloadBytes > 0 ? Cmd : ['true'], async (container) => {
    if (payloadBytes === 0) return;
    await callEngine('POST', `/containers/${container}/start`);
    await callEngine('POST', `/containers/${container}/wait`);
  });
}

/** As {@link makeOwnImage}, with the files of a tar archive in it. */
export async function makeImageWith(repository: string, tar: Uint8Array): Promise<string> {
  return commitImage(repository, {}, ['true'], (container) => putFiles(container, tar));
}

async function commitImage(
  repository: string,
  labels: Readonly<Record<string, string>>,
  Cmd: readonly string[],
  prepare: (container: string) => Promise<void>,
): Promise<string> {
  const Image = process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest';
  const created = await callEngine('POST', '/containers/create', { Image, Cmd });
  const { Id } = created.body as { Id: string };
  await prepare(Id);
  const query = `container=${Id}&repo=${encodeURIComponent(repository)}&tag=latest`;
  const { status, body } = await callEngine('POST', `/commit?${query}`, {
    Labels: { 'dev.topsail.test': randomBytes(4).toString('hex'), ...labels },
  });
  await callEngine('DELETE', `/containers/${Id}?force=1`);
  if (status !== 201) throw new Error(`the engine made no image ${repository}: ${JSON.stringify(body)}`);
  const { Id: image } = body as { Id: string };
  onTestFinished(() => removeImage(image));
  return image;
}

function putFiles(container: string, tar: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const path = `/containers/${container}/archive?path=/`;
    const call = request({ ...engineEndpoint(), method: 'PUT', path, agent: false }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`the files were not taken: ${String(answer.statusCode)}`));
      });
    });
    call.on('error', reject);
    call.end(tar);
  });
}

/** Takes along the containers that were made from it, which a test may have made before the image. */
async function removeImage(image: string): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ ancestor: [image] }));
  const users = await readEngine<readonly { readonly Id: string }[]>(`/containers/json?all=1&filters=${filters}`);
  for (const { Id } of users) await callEngine('DELETE', `/containers/${Id}?force=1&v=1`);
  await callEngine('DELETE', `/images/${image}?force=1`);
}

/** Whether the engine has an image of that name. */
export async function imageExists(name: string): Promise<boolean> {
  return (await callEngine('GET', `/images/${name}/json`)).status === 200;
}
