import { usageError } from './usage-error.ts';

/** Values a template may name. */
export type TemplateCells = { readonly [name: string]: unknown };

/** Headers of `table` templates where they are not the name in capitals. */
const headers: TemplateCells = {
  ID: 'CONTAINER ID',
  RunningFor: 'CREATED',
  CreatedAt: 'CREATED AT',
  LocalVolumes: 'LOCAL VOLUMES',
  ExitCode: 'EXIT CODE',
};

const placeholder = /\{\{\s*(?:(json|lower|upper)\s+)?\.(\w*)\s*\}\}/g;

/**
 * Fills the part of Go's templates that listings are formatted with: `{{.Name}}`, `{{json .}}`, `{{json .Name}}`,
 * `{{upper .State}}`. Throws a usage error for anything else between braces and for names that do not exist.
 */
export function fillTemplate(template: string, cells: TemplateCells): string {
  const filled = unescape(template).replaceAll(placeholder, (_, verb: string | undefined, name: string) => {
    const value = name === '' ? cells : cellOf(cells, name);
    if (verb === 'json') return JSON.stringify(value);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (verb === 'lower') return text.toLowerCase();
    return verb === 'upper' ? text.toUpperCase() : text;
  });
  const left = /\{\{.*?\}\}/.exec(unescape(template).replaceAll(placeholder, ''));
  if (left !== null)
    throw usageError(`template ${left[0]} is not understood`, 'use {{.Name}}, {{json .}} or {{upper .State}}');
  return filled;
}

/** The header line of a `table` template over cells of these names. */
export function templateHeader(template: string, names: readonly string[]): string {
  const cells = Object.fromEntries(names.map((name) => [name, headers[name] ?? name.toUpperCase()]));
  return fillTemplate(template.replaceAll(/\{\{\s*(?:json|lower|upper)\s+/g, '{{'), cells);
}

function cellOf(cells: TemplateCells, name: string): unknown {
  if (!Object.hasOwn(cells, name))
    throw usageError(`there is no ${JSON.stringify(name)} to show`, `use one of ${Object.keys(cells).join(', ')}`);
  return cells[name];
}

function unescape(template: string): string {
  return template.replaceAll('\\t', '\t').replaceAll('\\n', '\n');
}
