import { listProjects, type ProjectRow } from '../../compose/list-projects.ts';
import { errorMessage } from '../../diagnostics/thrown.ts';
import { printJson } from '../../document/print-json.ts';
import { renderTable } from '../../report/table.ts';
import type { LsFlags } from '../commands/ls.ts';
import { endpointWords } from '../endpoint-words.ts';
import { exitCode } from '../exit-code.ts';
import { readPlainFormat, wideTable } from '../listing.ts';
import type { Session } from '../session.ts';
import { showNotice } from '../show-notice.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Lists projects. Reads no project. */
export async function runLs(session: Session, flags: LsFlags): Promise<number> {
  const format = readPlainFormat(flags.format);
  const name = nameFilter(flags.filter ?? []);
  await withEngine(session, async (ports, signal) => {
    const rows = await listProjects(ports, {
      signal,
      all: flags.all === true,
      ...(name === undefined ? {} : { name }),
      onWarning: (text) => showNotice(session, text, 'warning: '),
    });
    session.host.stdout.write(listing(rows, flags.quiet === true ? 'quiet' : format));
  });
  return exitCode.success;
}

function nameFilter(filters: readonly string[]): RegExp | undefined {
  const patterns = filters.map((filter) => {
    const [, key = filter, pattern] = /^([^=]*)=(.*)$/s.exec(filter) ?? [];
    if (pattern === undefined) throw malformedFilter(filter);
    if (key !== 'name') throw usageError(`invalid filter '${key}'`, 'use name=EXPRESSION');
    return pattern;
  });
  if (patterns.length === 0) return undefined;
  try {
    return new RegExp(patterns.map((pattern) => `(?:${pattern})`).join('|'));
  } catch (cause) {
    throw usageError(`--filter name=: ${errorMessage(cause)}`);
  }
}

function malformedFilter(filter: string): Error {
  return usageError(
    `invalid argument ${JSON.stringify(filter)} for "--filter" flag: bad format of filter (expected name=value)`,
  );
}

function listing(rows: readonly ProjectRow[], format: 'table' | 'json' | 'quiet'): string {
  switch (format) {
    case 'quiet':
      return rows.map(({ name }) => `${name}\n`).join('');
    case 'json':
      return `${printJson(rows.map(jsonRow))}\n`;
    case 'table':
      return rows.some(({ copy }) => copy !== undefined) ? tableWithCopies(rows) : plainTable(rows);
  }
}

function plainTable(rows: readonly ProjectRow[]): string {
  const cells = rows.map(({ name, status, configFiles }) => [name, status, configFiles]);
  return renderTable(['NAME', 'STATUS', 'CONFIG FILES'], cells, wideTable);
}

/** Where there are copies, what tells them apart is shown too; with none the table is that of Docker Compose. */
function tableWithCopies(rows: readonly ProjectRow[]): string {
  const cells = rows.map(({ name, status, configFiles, copy, endpoints }) => [
    name,
    status,
    configFiles,
    copy?.of ?? '',
    endpoints.map(endpointWords).join(', '),
  ]);
  return renderTable(['NAME', 'STATUS', 'CONFIG FILES', 'COPY OF', 'ENDPOINTS'], cells, wideTable);
}

function jsonRow({ name, status, configFiles, copy, endpoints }: ProjectRow): object {
  const row = { Name: name, Status: status, ConfigFiles: configFiles };
  return copy === undefined ? row : { ...row, Instance: copy.name, InstanceOf: copy.of, Endpoints: endpoints };
}
