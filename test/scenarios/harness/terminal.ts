import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'vitest';
import { runAny } from './any-command.ts';
import type { Scenario } from './scenario.ts';
import { launcher } from './topsail-process.ts';

/** A `topsail` on a terminal of its own, 33 lines of 77 columns. */
export interface TerminalRun {
  /** Everything on the screen so far. */
  readonly screen: () => string;
  readonly type: (keys: string) => void;
  /** Resolves once the screen matches. */
  readonly until: (pattern: RegExp) => Promise<void>;
  /** The exit code, and how the terminal is set afterwards in the words of `stty`. */
  readonly ended: Promise<{ readonly exitCode: number; readonly settings: string }>;
}

/** Node has no terminals; `script` (util-linux) makes one. Without it the test counts as not available here. */
export async function needTerminal({ skip }: TestContext): Promise<void> {
  const { exitCode } = await runAny('script', ['--version'], { directory: '/', environment: process.env });
  if (exitCode !== 0) skip('not available here: the script command of util-linux, which makes terminals');
}

/** Waits, in a shell, until its terminal has that size: engines before API 1.42 give it a moment after the start. */
export const untilSized = 'until [ "$(stty size)" = "33 77" ]; do sleep 0.05; done';

/** Starts one for the running test. */
export function startOnTerminal(scenario: Scenario, ...words: readonly string[]): TerminalRun {
  const command = [process.execPath, launcher, ...words].map(shellWord).join(' ');
  const inside = `stty rows 33 cols 77; ${command}; code=$?; echo; echo "settings: $(stty -a | tr '\\n' ' ')"; exit $code`;
  const child = spawn('script', ['-qefc', inside, '/dev/null'], {
    cwd: scenario.directory,
    env: { ...scenario.environment, SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return terminalRun(child, child.stdin, child.stdout);
}

function terminalRun(child: ChildProcess, input: NodeJS.WritableStream, output: NodeJS.ReadableStream): TerminalRun {
  let screen = '';
  const watchers = new Set<() => void>();
  output.setEncoding('utf8');
  output.on('data', (text: string) => {
    screen += text;
    for (const watcher of [...watchers]) watcher();
  });
  const ended = once(child, 'close').then(([code]) => ({
    exitCode: Number(code),
    settings: /settings: (.*)/.exec(screen)?.[1] ?? '',
  }));
  return {
    screen: () => screen,
    type: (keys) => void input.write(keys),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          if (!pattern.test(screen)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        ended.then(() => reject(new Error(`ended without ${String(pattern)}:\n${screen}`)), reject);
        watch();
      }),
    ended,
  };
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
