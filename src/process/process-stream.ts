import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { Duplex, type Readable, type Writable } from 'node:stream';

/** Error output beyond this many characters is dropped. */
const longestComplaint = 4096;

/**
 * A program's input and output as one connection, in the shape Node's HTTP client expects of a socket. The program ends with the
 * stream; a program that fails destroys the stream with what it wrote to its error output.
 */
export class ProcessStream extends Duplex {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #complaint = '';

  constructor(
    command: string,
    parameters: readonly string[],
    environment?: Readonly<Record<string, string | undefined>>,
  ) {
    super({ allowHalfOpen: true });
    const child = spawn(command, parameters, {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(environment === undefined ? {} : { env: { ...environment } }),
    });
    this.#child = child;
    child.stdout.on('data', (data: Buffer) => {
      if (!this.push(data)) child.stdout.pause();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(0, longestComplaint);
    });
    child.on('error', (error) => this.destroy(error));
    child.on('close', (exitCode) => this.#ended(command, exitCode));
    // A program that no longer reads is about to end, and says why when it does.
    child.stdin.on('error', () => undefined);
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(data: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    this.#child.stdin.write(data, () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  /** An idle connection does not keep this process alive. */
  unref(): this {
    this.#child.unref();
    for (const socket of this.#sockets()) socket.unref();
    return this;
  }

  ref(): this {
    this.#child.ref();
    for (const socket of this.#sockets()) socket.ref();
    return this;
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  #sockets(): readonly Socket[] {
    const { stdin, stdout, stderr } = this.#child;
    return [stdin, stdout, stderr].filter((stream) => stream instanceof Socket);
  }

  #ended(command: string, exitCode: number | null): void {
    if (exitCode === 0 || this.destroyed) {
      this.push(null);
      return;
    }
    const complaint = this.#complaint.trim();
    this.destroy(new Error(`${command} failed${complaint === '' ? '' : `: ${complaint}`}`));
  }
}
