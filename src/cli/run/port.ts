import { port } from '../../compose/port.ts';
import type { PortFlags } from '../commands/port.ts';
import { exitCode } from '../exit-code.ts';
import { nameOfProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

const highestPort = 65_535;

/** Prints where a port is published. */
export async function runPort(session: Session, service: string, text: string, flags: PortFlags): Promise<number> {
  const wanted = readPort(text);
  const project = await nameOfProject(session);
  await withEngine(session, async (ports, signal) => {
    const address = await port(ports, project, {
      service,
      port: wanted,
      signal,
      ...(flags.protocol === undefined ? {} : { protocol: flags.protocol }),
      ...(flags.index === undefined ? {} : { index: flags.index }),
    });
    session.host.stdout.write(`${address}\n`);
  });
  return exitCode.success;
}

function readPort(text: string): number {
  const problem = !/^\d+$/.test(text)
    ? 'invalid syntax'
    : Number(text) > highestPort
      ? 'value out of range'
      : undefined;
  if (problem === undefined) return Number(text);
  throw usageError(
    `strconv.ParseUint: parsing ${JSON.stringify(text)}: ${problem}`,
    'name the port inside the container',
  );
}
