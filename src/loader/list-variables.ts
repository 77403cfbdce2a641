import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../diagnostics/source-text.ts';
import type { DocumentNode } from '../document/node.ts';
import { type TemplateVariable, templateVariables } from '../interpolation/template-variables.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { loadRawModel } from './load-project.ts';
import type { LoadRequest } from './load-request.ts';

/** The variables of a project's files, sorted by name; none after an error. */
export interface VariableList {
  readonly variables?: readonly TemplateVariable[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, SourceText>;
}

/** Lists what a project's files interpolate. Of several uses of a variable the first that says more than its name counts. */
export async function listVariables(request: LoadRequest, reader: SourceReader): Promise<VariableList> {
  const { model, diagnostics, sources } = await loadRawModel({ ...request, interpolate: false }, reader);
  if (model === undefined) return { diagnostics, sources };
  const found = new Map<string, TemplateVariable>();
  collect(model, (variable) => {
    const known = found.get(variable.name);
    if (known === undefined || saysNothing(known)) found.set(variable.name, variable);
  });
  const variables = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { variables, diagnostics, sources };
}

function saysNothing(variable: TemplateVariable): boolean {
  return variable.defaultValue === '' && variable.presenceValue === '' && !variable.required;
}

function collect(node: DocumentNode, take: (variable: TemplateVariable) => void): void {
  switch (node.kind) {
    case 'scalar':
      if (typeof node.value === 'string') templateVariables(node.value).forEach(take);
      return;
    case 'sequence':
      for (const item of node.items) collect(item, take);
      return;
    case 'mapping':
      for (const entry of node.entries.values()) collect(entry.value, take);
  }
}
