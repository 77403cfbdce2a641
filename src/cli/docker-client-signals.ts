import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks at a socket that cannot be connected to. */
const lookInterval = 250;

/**
 * Calls the listener when the Docker client that runs this process as its plugin was told to end. The client does not pass signals on:
 * it closes a socket whose address is in the plugin's environment. Returns how to stop listening.
 */
export function onClientSignal(address: string, listener: () => void): () => void {
  const forgotten = new AbortController();
  const { signal } = forgotten;
  waitForEnd(address, signal).then(
    () => {
      if (!signal.aborted) listener();
    },
    () => undefined,
  );
  return () => forgotten.abort();
}

/** Resolves when the socket was there and is there no more. */
async function waitForEnd(address: string, signal: AbortSignal): Promise<void> {
  const { connect } = await import('node:net');
  const socket = connect(address.replace(/^@/, '\0')).unref();
  const connected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).on('error', () => resolve(false));
  });
  if (connected) await new Promise<void>((resolve) => socket.resume().once('close', resolve));
  else if (address.startsWith('@')) await waitForAbsence(address, signal);
  else throw new Error('the client does not listen');
}

/** Node before version 22 connects to abstract sockets of its own kind only; that one is there the kernel tells too. */
async function waitForAbsence(address: string, signal: AbortSignal): Promise<void> {
  const isListed = async (): Promise<boolean> =>
    (await readFile('/proc/net/unix', 'latin1')).split('\n').some((line) => line.endsWith(` ${address}`));
  if (!(await isListed())) throw new Error('the client does not listen');
  while (await isListed()) await pause(lookInterval, undefined, { signal, ref: false });
}
