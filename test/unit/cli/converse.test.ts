import { describe, expect, test } from 'vitest';
import { type ConversationOptions, converse } from '../../../src/cli/converse.ts';
import { parseDetachKeys } from '../../../src/cli/detach-keys.ts';
import { listenForInterrupts } from '../../../src/cli/interrupts.ts';
import type { Session } from '../../../src/cli/session.ts';
import type { InteractiveProcess } from '../../../src/compose/interactive-process.ts';
import type { OutputChunk } from '../../../src/engine/engine.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { RecordedHost } from './recorded-host.ts';

/** A process whose output the test decides. */
class FakeProcess implements InteractiveProcess {
  readonly terminal: boolean;
  readonly sizes: string[] = [];
  typed = '';
  ended = false;
  closed = false;
  readonly output: AsyncIterable<OutputChunk>;
  #finish = (_error?: Error): void => {};
  readonly #finished: Promise<void>;

  constructor(terminal: boolean, says: readonly OutputChunk[] = []) {
    this.terminal = terminal;
    this.#finished = new Promise((resolve, reject) => {
      this.#finish = (error) => (error === undefined ? resolve() : reject(error));
    });
    this.output = this.#speak(says);
  }

  finish(error?: Error): void {
    this.#finish(error);
  }

  write(data: Uint8Array): Promise<void> {
    this.typed += new TextDecoder().decode(data);
    if (this.typed.endsWith('exit\n')) this.finish();
    return Promise.resolve();
  }

  end(): Promise<void> {
    this.ended = true;
    this.finish();
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    this.finish();
  }

  resize(columns: number, rows: number): Promise<void> {
    this.sizes.push(`${String(columns)}x${String(rows)}`);
    return Promise.resolve();
  }

  exitCode(): Promise<number> {
    return Promise.resolve(0);
  }

  async *#speak(says: readonly OutputChunk[]): AsyncGenerator<OutputChunk, void, undefined> {
    yield* says;
    await this.#finished;
  }
}

const chunk = (stream: OutputChunk['stream'], text: string): OutputChunk => ({
  stream,
  data: new TextEncoder().encode(text),
});

function setUp(terminal: boolean): { readonly host: RecordedHost; readonly session: Session } {
  const host = new RecordedHost({ terminal, size: [80, 24] });
  const display = { format: 'plain', stdoutColours: false, stderrColours: false } as const;
  return { host, session: { host, flags: {}, display, interrupts: listenForInterrupts(host) } };
}

const keys: ConversationOptions = { input: true, detachKeys: parseDetachKeys('ctrl-p,ctrl-q') };

describe('converse', () => {
  test('passes input on until its end, and both outputs back', async () => {
    const { host, session } = setUp(false);
    const process = new FakeProcess(false, [chunk('stdout', 'out'), chunk('stderr', 'err')]);
    host.stdin.type('one\x10\x11');
    host.stdin.end();
    expect(await converse(session, process, keys)).toBe('ended');
    expect(process).toMatchObject({ typed: 'one\x10\x11', ended: true, closed: true });
    expect([host.stdout.text, host.stderr.text]).toEqual(['out', 'err']);
    expect(host.stdin.wasRaw).toBe(false);
  });

  test('without input nothing is read', async () => {
    const { host, session } = setUp(false);
    const process = new FakeProcess(false);
    host.stdin.type('unread');
    process.finish();
    await converse(session, process, { input: false });
    expect(process).toMatchObject({ typed: '', ended: false });
  });

  test('on a terminal keys are taken one by one, sizes followed, and everything given back', async () => {
    const { host, session } = setUp(true);
    const process = new FakeProcess(true);
    const talk = converse(session, process, keys);
    await Promise.resolve();
    await Promise.resolve();
    host.signal('SIGWINCH');
    host.stdin.type('exit\n');
    expect(await talk).toBe('ended');
    expect(process.sizes).toEqual(['80x24', '80x24']);
    expect(host.stdin).toMatchObject({ wasRaw: true, raw: false });
    host.signal('SIGWINCH');
    expect(process.sizes).toHaveLength(2);
  });

  test('the detach keys leave the process', async () => {
    const { host, session } = setUp(true);
    const process = new FakeProcess(true);
    host.stdin.type('ls\n\x10');
    host.stdin.type('\x11more');
    expect(await converse(session, process, keys)).toBe('detached');
    expect(process).toMatchObject({ typed: 'ls\n', ended: false, closed: true });
    expect(host.stdin.raw).toBe(false);
  });

  test('a lost connection is an error, and the terminal is given back', async () => {
    const { host, session } = setUp(true);
    const process = new FakeProcess(true);
    const talk = converse(session, process, keys);
    process.finish(new EngineError('connection-lost', 'gone'));
    await expect(talk).rejects.toThrow('gone');
    expect(host.stdin).toMatchObject({ wasRaw: true, raw: false });
  });

  test('signals go to the process and interrupt nothing; the third Ctrl-C ends the command', async () => {
    const { host, session } = setUp(false);
    const process = new FakeProcess(false);
    const signals: string[] = [];
    const forwardSignal = (signal: string): Promise<void> => {
      signals.push(signal);
      return Promise.reject(new EngineError('conflict', 'not running'));
    };
    const talk = converse(session, process, { input: false, forwardSignal });
    host.interrupt();
    host.signal('SIGHUP');
    for (const name of ['SIGINT', 'SIGINT'] as const) host.signal(name);
    expect([session.interrupts.interrupted(), host.exitCode]).toEqual([false, undefined]);
    host.signal('SIGINT');
    expect(host.exitCode).toBe(130);
    process.finish();
    await talk;
    expect(signals).toEqual(['SIGHUP', 'SIGINT', 'SIGINT', 'SIGINT']);
    host.interrupt();
    expect(session.interrupts.interrupted()).toBe(true);
  });
});
