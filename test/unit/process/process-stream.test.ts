import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { ProcessStream } from '../../../src/process/process-stream.ts';

const node = process.execPath;

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('ProcessStream', () => {
  test('what is written reaches the program, and output after the end of input still arrives', async () => {
    const script =
      'process.stdin.on("data", (d) => process.stdout.write(d)).on("end", () => process.stdout.write(" end"))';
    const stream = new ProcessStream(node, ['-e', script]);
    stream.end('hello');
    expect(await textOf(stream)).toBe('hello end');
  });

  test('much output arrives whole however slowly it is read', async () => {
    const stream = new ProcessStream(node, ['-e', 'process.stdout.write("x".repeat(3e6))']);
    stream.end();
    let length = 0;
    for await (const piece of stream) {
      length += (piece as Uint8Array).length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(length).toBe(3e6);
  });

  test('a program that fails says why', async () => {
    const stream = new ProcessStream(node, ['-e', 'console.error("Permission denied"); process.exitCode = 255']);
    await expect(textOf(stream)).rejects.toThrow(/failed: Permission denied/);
  });

  test('a program that is not there is an error', async () => {
    await expect(textOf(new ProcessStream('/nowhere/ssh', []))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('destroying the stream ends the program', async () => {
    const stream = new ProcessStream(node, [
      '-e',
      'process.stdout.write(String(process.pid)); setInterval(() => {}, 1000)',
    ]);
    const [pid] = (await once(stream, 'data')) as [Buffer];
    stream.destroy();
    await once(stream, 'close');
    const alive = (): boolean => {
      try {
        return process.kill(Number(String(pid)), 0);
      } catch {
        return false;
      }
    };
    await vi.waitUntil(() => !alive());
    expect(alive()).toBe(false);
  });
});
