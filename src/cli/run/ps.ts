import type { ContainerRow } from '../../compose/container-row.ts';
import { ps } from '../../compose/ps.ts';
import { usage } from '../../compose/usage.ts';
import type { ContainerStatus } from '../../engine/container.ts';
import type { TemplateValue } from '../../report/go-template.ts';
import { templateText } from '../../report/template-functions.ts';
import type { PsFlags } from '../commands/ps.ts';
import { containerCells, containerListing } from '../container-cells.ts';
import { exitCode } from '../exit-code.ts';
import { formatListing } from '../listing.ts';
import { referToProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { usageError } from '../usage-error.ts';
import { usageTable } from '../usage-table.ts';
import { withEngine } from '../with-engine.ts';

const states: readonly ContainerStatus[] = ['paused', 'restarting', 'removing', 'running', 'dead', 'created', 'exited'];

/** Lists the project's containers. */
export async function runPs(session: Session, services: readonly string[], flags: PsFlags): Promise<number> {
  const wanted = [...(flags.status ?? []), ...filterStates(flags.filter)].map(readState);
  const reference = await referToProject(session);
  await withEngine(session, async (ports, signal) => {
    const rows = await ps(ports, reference, {
      signal,
      services,
      states: wanted,
      all: flags.all === true,
      orphans: flags.orphans !== false,
    });
    const text = flags.usage === true ? usageTable(await usage(ports, rows, { signal })) : listing(rows, flags);
    session.host.stdout.write(text);
  });
  return exitCode.success;
}

function filterStates(filter: string | undefined): readonly string[] {
  if (filter === undefined || filter === '') return [];
  const [name, value] = filter.split('=', 2);
  if (value === undefined) throw usageError('arguments to --filter should be in form KEY=VAL');
  if (name === 'status') return [value];
  throw usageError(name === 'source' ? 'not implemented' : `unknown filter ${name ?? ''}`);
}

function readState(text: string): ContainerStatus {
  const state = states.find((known) => known === text);
  if (state === undefined)
    throw usageError(`unknown status ${JSON.stringify(text)}`, `use one of ${states.join(', ')}`);
  return state;
}

function listing(rows: readonly ContainerRow[], flags: PsFlags): string {
  if (flags.quiet === true) return rows.map((row) => `${row.id}\n`).join('');
  if (flags.services === true) return `${[...new Set(rows.map((row) => row.service))].join('\n')}\n`;
  const now = Date.now();
  const cells = rows.map((row) => ({
    ...containerCells(row, { shorten: flags.trunc !== false, now }),
    Publishers: row.publishers.map((publisher) => ({ ...publisher })),
    Label: (name: TemplateValue) => labelOf(row, templateText(name)),
  }));
  return formatListing(cells, flags.format ?? 'table', containerListing);
}

function labelOf({ labels }: ContainerRow, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
}
