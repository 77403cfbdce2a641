import { stampEvent } from '../events/event-stamp.ts';
import type { Session } from './session.ts';

/** Shows a sentence on stderr, in plain words behind a title; under `--progress json` as an event of the type `warning`. */
export function showNotice({ host, display }: Pick<Session, 'host' | 'display'>, text: string, title = ''): void {
  if (display.format !== 'json') {
    host.stderr.write(`${title}${text}\n`);
    return;
  }
  host.stderr.write(`${JSON.stringify(stampEvent({ type: 'warning', text }, Date.now()))}\n`);
}
