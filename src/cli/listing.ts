import { printJson } from '../document/print-json.ts';
import { renderTable } from '../report/table.ts';
import { fillTemplate, type TemplateCells, templateHeader } from './cell-template.ts';
import { usageError } from './usage-error.ts';

/** How a kind of list is written in each of Docker's formats. */
export interface ListingForm {
  /** Cells of the table without a template, by name. */
  readonly columns: readonly string[];
  /** Headers of cells; where there is none it is the name in capitals. */
  readonly headers: Readonly<Record<string, string>>;
  /** Every cell that a template may name. */
  readonly names: readonly string[];
  /** Lines of one row under `--format raw`, if it has a meaning. */
  readonly raw?: (cells: TemplateCells) => readonly string[];
}

/**
 * A list in a format of Docker's: `table`, `table TEMPLATE`, `json` (an object a line), `raw`, or a template for each row
 * (compose-surface 2.4). Throws a usage error for a template that is not understood.
 */
export function formatListing(rows: readonly TemplateCells[], format: string, form: ListingForm): string {
  if (format === 'table' || format === '') return formatListing(rows, defaultTemplate(form), form);
  if (format === 'json') return rows.map((cells) => `${printJson(cells)}\n`).join('');
  const { raw } = form;
  if (format === 'raw' && raw !== undefined) return rows.map((cells) => `${raw(cells).join('\n')}\n\n`).join('');
  if (!format.startsWith('table ')) return rows.map((cells) => `${fillTemplate(format, cells)}\n`).join('');
  const template = format.slice('table '.length);
  return renderTable(
    templateHeader(template, form.names, form.headers).split('\t'),
    rows.map((cells) => fillTemplate(template, cells).split('\t')),
  );
}

function defaultTemplate({ columns }: ListingForm): string {
  return `table ${columns.map((name) => `{{.${name}}}`).join('\t')}`;
}

/** The layout of lists that Docker Compose writes itself. */
export const wideTable = { leastWidth: 17, gap: 3 } as const;

/** The formats of lists that Docker Compose writes itself. Throws a usage error for any other. */
export function readPlainFormat(format: string | undefined): 'table' | 'json' {
  if (format === undefined || format === '' || format === 'table') return 'table';
  if (format === 'json') return 'json';
  throw usageError(`format value ${JSON.stringify(format)} could not be parsed: parsing failed`, 'use table or json');
}
