import { describe, expect, test } from 'vitest';
import { runProcess } from '../../../src/process/run-process.ts';

const node = process.execPath;

describe('runProcess', () => {
  test('gives what a program wrote and its exit code', async () => {
    const script =
      'process.stdin.on("data", (d) => console.log("got " + d)).on("end", () => { console.error("bad"); process.exitCode = 3 })';
    expect(await runProcess(node, ['-e', script], { input: 'text' })).toEqual({
      exitCode: 3,
      stdout: 'got text\n',
      stderr: 'bad\n',
    });
  });

  test('a program that reads no input is no failure', async () => {
    expect(await runProcess(node, ['-e', ''], { input: 'x'.repeat(1 << 20) })).toMatchObject({ exitCode: 0 });
  });

  test('the environment is the one given', async () => {
    const script = 'console.log(process.env.A, process.env.HOME)';
    expect((await runProcess(node, ['-e', script], { environment: { A: '1' } })).stdout).toBe('1 undefined\n');
  });

  test('a program that is not there is an error', async () => {
    await expect(runProcess('/nowhere/program', [])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('an abort ends the program and rejects with its reason', async () => {
    const abort = new AbortController();
    const run = runProcess(node, ['-e', 'setInterval(() => {}, 1000)'], { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
  });
});
