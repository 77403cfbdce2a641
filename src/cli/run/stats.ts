import { followStats, type StatsRow, stats } from '../../compose/stats.ts';
import { decimalSize, memorySize } from '../../report/human-size.ts';
import type { StatsFlags } from '../commands/stats.ts';
import { exitCode } from '../exit-code.ts';
import { formatListing, type ListingForm } from '../listing.ts';
import { nameOfProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { withEngine } from '../with-engine.ts';

const shortId = 12;

/** How lists of figures are written, in the words of `docker stats`. */
const statsListing: ListingForm = {
  columns: ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs'],
  headers: {
    ID: 'CONTAINER ID',
    CPUPerc: 'CPU %',
    MemUsage: 'MEM USAGE / LIMIT',
    MemPerc: 'MEM %',
    NetIO: 'NET I/O',
    BlockIO: 'BLOCK I/O',
  },
  names: ['BlockIO', 'CPUPerc', 'Container', 'ID', 'MemPerc', 'MemUsage', 'Name', 'NetIO', 'PIDs'],
};

/** Shows figures once, or until it is interrupted: on a terminal in place, else a list after another. */
export async function runStats(session: Session, service: string | undefined, flags: StatsFlags): Promise<number> {
  const { stdout } = session.host;
  const project = await nameOfProject(session);
  const options = { all: flags.all === true, ...(service === undefined ? {} : { service }) };
  const text = (rows: readonly StatsRow[]): string =>
    formatListing(
      rows.map((row) => statsCells(row, flags.trunc !== false)),
      flags.format ?? 'table',
      statsListing,
    );
  await withEngine(session, async (ports, signal) => {
    if (flags.stream === false) {
      stdout.write(text(await stats(ports, project, { ...options, signal })));
      return;
    }
    for await (const rows of followStats(ports, project, { ...options, signal })) {
      stdout.write(stdout.isTerminal ? inPlace(text(rows)) : text(rows));
    }
  });
  return exitCode.success;
}

/** Over the picture before: each line clears what was behind it, the last one what was below. */
function inPlace(text: string): string {
  return `\u001b[H${text.replaceAll('\n', '\u001b[K\n')}\u001b[J`;
}

function statsCells({ container, figures }: StatsRow, shorten: boolean): Readonly<Record<string, string>> {
  const pair = (one: string, other: string): string => `${one} / ${other}`;
  const { cores = 0, memory = 0, memoryLimit = 0, received = 0, sent = 0 } = figures ?? {};
  return {
    BlockIO: pair(decimalSize(figures?.read ?? 0), decimalSize(figures?.written ?? 0)),
    CPUPerc: percent(cores),
    Container: container.id,
    ID: shorten ? container.id.slice(0, shortId) : container.id,
    MemPerc: percent(memoryLimit === 0 ? 0 : memory / memoryLimit),
    MemUsage: pair(memorySize(memory), memorySize(memoryLimit)),
    Name: container.name,
    NetIO: pair(decimalSize(received), decimalSize(sent)),
    PIDs: String(figures?.processes ?? 0),
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
