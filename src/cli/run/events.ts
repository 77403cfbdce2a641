import { type ContainerEvent, events } from '../../compose/events.ts';
import { printJson } from '../../document/print-json.ts';
import type { EventsFlags } from '../commands/events.ts';
import { exitCode } from '../exit-code.ts';
import { referToProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { withEngine } from '../with-engine.ts';

/** Prints events as they come. */
export async function runEvents(session: Session, services: readonly string[], flags: EventsFlags): Promise<number> {
  const reference = await referToProject(session);
  const write = flags.json === true ? jsonLine : textLine;
  await withEngine(session, async (ports, signal) => {
    const found = events(ports, reference, {
      signal,
      services,
      ...(flags.since === undefined ? {} : { since: flags.since }),
      ...(flags.until === undefined ? {} : { until: flags.until }),
    });
    for await (const event of found) session.host.stdout.write(write(event));
  });
  return exitCode.success;
}

function jsonLine({ action, attributes, id, service, time }: ContainerEvent): string {
  const instant = `${new Date(Math.floor(time / 1000)).toISOString().slice(0, 19)}.${microseconds(time)}Z`;
  return `${printJson({ action, attributes, id, service, time: instant, type: 'container' })}\n`;
}

/** In local time, with an empty line behind it as Docker Compose has it. */
function textLine({ action, attributes, id, time }: ContainerEvent): string {
  const at = new Date(Math.floor(time / 1000));
  const date = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(twoDigits).join('-');
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':');
  const details = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
  return `${date} ${clock}.${microseconds(time)} container ${action} ${id} (${details.join(', ')})\n\n`;
}

function microseconds(time: number): string {
  return String(time % 1e6).padStart(6, '0');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
