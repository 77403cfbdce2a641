import type { Readable } from 'node:stream';
import { readLine } from './read-line.ts';
import type { Session } from './session.ts';

/**
 * Asks a question that is answered with yes or no. Without a terminal one line is read, and anything that does not mean
 * yes is no, whatever the default (compose-surface 1.4, item 13).
 */
export async function ask(
  { host, interrupts }: Pick<Session, 'host' | 'interrupts'>,
  question: string,
  defaultAnswer: boolean,
  input: Readable = process.stdin,
): Promise<boolean> {
  const choices = defaultAnswer ? ' [Y/n] ' : ' [y/N] ';
  host.stdout.write(`${question}${host.stdinIsTerminal ? choices : ''}`);
  const answer = (await readLine(input, interrupts.signal)).trim();
  if (answer === '' && host.stdinIsTerminal) return defaultAnswer;
  return /^(y|yes|t|true|1)$/i.test(answer);
}
