import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { schemaMoreFaults } from '../diagnostics/schema-diagnostics.ts';
import type { DocumentNode } from '../document/node.ts';
import { describeFault, type UnknownKeys } from './describe-fault.ts';
import { type SchemaFault, validateCompose } from './generated/compose-validator.js';
import { toPlainValue } from './plain-value.ts';
import { relevantFaults } from './relevant-faults.ts';

/** Most diagnostics for one document. */
const mostShown = 100;

function unknownKeys(faults: readonly SchemaFault[]): UnknownKeys {
  const unknown = new Map<string, string[]>();
  for (const { keyword, instancePath, params } of faults) {
    if (keyword !== 'additionalProperties') continue;
    const keys = unknown.get(instancePath);
    if (keys === undefined) unknown.set(instancePath, [String(params['additionalProperty'])]);
    else keys.push(String(params['additionalProperty']));
  }
  return unknown;
}

/** Source order; within one file by offset. */
function byPlace(left: Diagnostic, right: Diagnostic): number {
  const files = (left.range?.file ?? '').localeCompare(right.range?.file ?? '');
  return files === 0 ? (left.range?.start.offset ?? 0) - (right.range?.start.offset ?? 0) : files;
}

/**
 * Checks a merged document against the compose schema and reports every fault in one pass, each at its place: an
 * unknown key at the key, a wrong value at the value. Of alternatives (a port as number, text or mapping) only the one
 * that the value's type chooses is reported. Spec-facts section 16. Empty if the document is valid.
 */
export function validateDocument(root: DocumentNode): readonly Diagnostic[] {
  if (validateCompose(toPlainValue(root))) return [];
  const faults = validateCompose.errors ?? [];
  const relevant = relevantFaults(faults);
  const unknown = unknownKeys(faults);
  const diagnostics = relevant
    .slice(0, mostShown)
    .map((fault) => describeFault(root, fault, unknown))
    .filter((diagnostic) => diagnostic !== undefined)
    .sort(byPlace);
  if (relevant.length > mostShown) diagnostics.push(schemaMoreFaults(mostShown, relevant.length, root.span));
  return diagnostics;
}
