import { onTestFinished } from 'vitest';
import { callEngine } from './engine-api.ts';

/** Makes a container that belongs to no project, removed when the test ends; gives its id. */
export async function makeForeignContainer(name: string, request: Readonly<Record<string, unknown>>): Promise<string> {
  const Image = process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest';
  const { status, body } = await callEngine('POST', `/containers/create?name=${name}`, { Image, ...request });
  if (status !== 201) throw new Error(`the engine made no ${name}: ${JSON.stringify(body)}`);
  const { Id } = body as { Id: string };
  onTestFinished(async () => {
    await callEngine('DELETE', `/containers/${Id}?force=1&v=1`);
  });
  return Id;
}
