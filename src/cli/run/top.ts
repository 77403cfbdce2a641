import { type ProcessRow, top } from '../../compose/top.ts';
import { renderTable } from '../../report/table.ts';
import { exitCode } from '../exit-code.ts';
import { nameOfProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { withEngine } from '../with-engine.ts';

/** Engines end with the command, and the table of all containers does too. */
const lastTitle = 'CMD';

/** Lists processes in one table; nothing is printed if nothing runs. */
export async function runTop(session: Session, services: readonly string[]): Promise<number> {
  const project = await nameOfProject(session);
  await withEngine(session, async (ports, signal) => {
    const rows = await top(ports, project, { services, signal });
    if (rows.length > 0) session.host.stdout.write(processTable(rows));
  });
  return exitCode.success;
}

function processTable(rows: readonly ProcessRow[]): string {
  const found = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  const titles = [...found].filter((title) => title !== lastTitle);
  if (found.has(lastTitle)) titles.push(lastTitle);
  return renderTable(
    ['SERVICE', '#', ...titles],
    rows.map(({ container: { service, number }, cells }) => [
      service,
      number === undefined ? '' : String(number),
      ...titles.map((title) => cells.get(title) ?? '-'),
    ]),
    { leastWidth: 2, gap: 2 },
  );
}
