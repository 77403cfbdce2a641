import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onClientSignal } from '../../../src/cli/docker-client-signals.ts';
import { projectFolder } from './project-folder.ts';

const folder = projectFolder({});

async function clientSocket(name: string) {
  const address = join(folder(), name);
  const server = createServer();
  const taken = once(server, 'connection') as Promise<[Socket]>;
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return { address, server, taken };
}

test('the end of the connection is the signal', async () => {
  const { address, server, taken } = await clientSocket('a.sock');
  const signalled = new Promise<string>((resolve) => {
    onClientSignal(address, () => resolve('heard'));
  });
  const [socket] = await taken;
  socket.destroy();
  expect(await signalled).toBe('heard');
  server.close();
});

test('after it is forgotten, and without a client, nothing is heard', async () => {
  const { address, server, taken } = await clientSocket('b.sock');
  let heard = 0;
  const listener = (): void => {
    heard += 1;
  };
  const forget = onClientSignal(address, listener);
  onClientSignal(join(folder(), 'none.sock'), listener);
  onClientSignal('@topsail-test-no-such-socket', listener);
  const [socket] = await taken;
  forget();
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
  await new Promise((resolve) => server.close(resolve));
  expect(heard).toBe(0);
});
