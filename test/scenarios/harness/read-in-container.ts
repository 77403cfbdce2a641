import { request } from 'node:http';
import { callEngine, engineEndpoint } from './engine-api.ts';

/** Runs a command in a container with a terminal, so that its output comes unframed, and gives what it wrote. */
export async function readInContainer(container: string, command: readonly string[]): Promise<string> {
  const created = await callEngine('POST', `/containers/${container}/exec`, {
    Cmd: command,
    AttachStdout: true,
    Tty: true,
  });
  const { Id } = created.body as { Id: string };
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ Detach: false, Tty: true });
    const call = request({
      ...engineEndpoint(),
      method: 'POST',
      path: `/exec/${Id}/start`,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    call.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve(text));
      answer.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}
