import { printYaml } from '../document/print-yaml.ts';
import type { TemplateVariable } from '../interpolation/template-variables.ts';

/** Renders the variables of a project as `config --variables` prints them (compose-surface 2.9). */
export function renderVariables(variables: readonly TemplateVariable[], format: 'table' | 'json' | 'yaml'): string {
  switch (format) {
    case 'table':
      return renderTable(variables);
    case 'json':
      return JSON.stringify(
        Object.fromEntries(
          variables.map(({ name, defaultValue, presenceValue, required }) => [
            name,
            { Name: name, DefaultValue: defaultValue, PresenceValue: presenceValue, Required: required },
          ]),
        ),
        undefined,
        4,
      );
    case 'yaml':
      return printYaml(
        Object.fromEntries(
          variables.map(({ name, defaultValue, presenceValue, required }) => [
            name,
            { name, defaultvalue: defaultValue, presencevalue: presenceValue, required },
          ]),
        ),
      ).replaceAll(/^ {2}/gm, '    ');
  }
}

const narrowest = 20;
const padding = 3;

function renderTable(variables: readonly TemplateVariable[]): string {
  const rows = [
    ['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'],
    ...variables.map((variable) => [
      variable.name,
      String(variable.required),
      variable.defaultValue,
      variable.presenceValue,
    ]),
  ];
  const widths = [0, 1, 2].map((column) =>
    Math.max(narrowest, ...rows.map((row) => (row[column]?.length ?? 0) + padding)),
  );
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('')}\n`).join('');
}
