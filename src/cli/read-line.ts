import type { Readable } from 'node:stream';

/**
 * Reads one line and leaves what follows it to the next reader. At the end of the input, on its failure and when aborted
 * the answer is what came so far.
 */
export function readLine(input: Readable, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const take = (chunk: Buffer | string): void => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) finish(text.slice(0, end), text.slice(end + 1));
    };
    const giveUp = (): void => finish(text, '');
    const finish = (line: string, rest: string): void => {
      input.off('data', take).off('end', giveUp).off('close', giveUp).off('error', giveUp);
      signal.removeEventListener('abort', giveUp);
      input.pause();
      if (rest !== '') input.unshift(Buffer.from(rest));
      resolve(line.replace(/\r$/, ''));
    };
    if (input.readableEnded || input.destroyed || signal.aborted) {
      resolve('');
      return;
    }
    signal.addEventListener('abort', giveUp, { once: true });
    input.on('data', take).on('end', giveUp).on('close', giveUp).on('error', giveUp);
    input.resume();
  });
}
