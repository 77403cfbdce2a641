import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import type { Scenario } from './scenario.ts';

const program = fileURLToPath(new URL('./keep.mjs', import.meta.url));

/** A process that keeps a copy. */
export class Keeper {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly ended: Promise<unknown>;

  constructor(scenario: Scenario, key?: string) {
    const words = [program, scenario.directory, scenario.project, ...(key === undefined ? [] : [key])];
    this.#child = spawn(process.execPath, words, { env: scenario.environment, stdio: ['pipe', 'pipe', 'inherit'] });
    this.ended = once(this.#child, 'close');
    if (this.#child.stdout === null) throw new Error('there is no output');
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it says next. */
  async next(): Promise<{ readonly project: string; readonly state: string; readonly isFirst?: boolean }> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('the keeper ended');
    return JSON.parse(value) as { project: string; state: string; isFirst?: boolean };
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Asks it to end what it keeps, and waits until it has. */
  async end(): Promise<void> {
    this.#child.stdin?.end('end\n');
    await this.ended;
  }

  /** The watchers that look after it. */
  async watchers(): Promise<readonly number[]> {
    const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args=']);
    const order = `"pid":${String(this.pid)},`;
    return stdout
      .split('\n')
      .filter((line) => line.includes('watcher.js') && line.includes(order))
      .map((line) => Number.parseInt(line, 10));
  }
}
