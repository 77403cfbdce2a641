import { parseTemplate, TemplateError, type TemplateNode, type TemplateValue } from '../report/go-template.ts';
import { runTemplate } from '../report/run-template.ts';
import {
  headerFunctions,
  type TemplateFunctions,
  templateFunctions,
  templateText,
} from '../report/template-functions.ts';
import { usageError } from './usage-error.ts';

/** Values a template may name. */
export type TemplateCells = { readonly [name: string]: TemplateValue };

/**
 * Fills a template of Go's for a row: `{{.Name}}`, `{{json .}}`, `{{if eq .State "running"}}…{{end}}`. Throws a usage error for what
 * is not understood and for names that do not exist.
 */
export function fillTemplate(template: string, cells: TemplateCells): string {
  return run(template, cells, templateFunctions);
}

/** The header line of a `table` template over cells of these names. */
export function templateHeader(
  template: string,
  names: readonly string[],
  headers: Readonly<Record<string, string>>,
): string {
  const cells = Object.fromEntries(names.map((name) => [name, headers[name] ?? name.toUpperCase()]));
  return run(template, { ...cells, Label: labelHeader }, headerFunctions);
}

/** Docker names such a column by the last part of the label. */
function labelHeader(name: TemplateValue): string {
  return templateText(name).split('.').at(-1)?.replaceAll(/[-_]/g, ' ') ?? '';
}

function run(template: string, cells: TemplateCells, functions: TemplateFunctions): string {
  try {
    return runTemplate(parsed(template), cells, functions);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const names = Object.keys(cells).filter((name) => typeof cells[name] !== 'function');
    throw usageError(`template parsing error: ${error.message}`, `use any of ${names.join(', ')}`);
  }
}

let last: { readonly template: string; readonly nodes: readonly TemplateNode[] } | undefined;

/** A template is filled for every row and read once. */
function parsed(template: string): readonly TemplateNode[] {
  if (last?.template !== template) {
    const text = template.replaceAll('\\t', '\t').replaceAll('\\n', '\n');
    last = { template, nodes: parseTemplate(text) };
  }
  return last.nodes;
}
