import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { schemaMoreFaults } from '../diagnostics/schema-diagnostics.ts';
import type { DocumentNode } from '../document/node.ts';
import { describeFault, type UnknownKeys } from './describe-fault.ts';
import { type SchemaFault, validateCompose } from './generated/compose-validator.js';
import { pointerSteps } from './locate-fault.ts';
import { toPlainValue } from './plain-value.ts';
import { type RelevantFault, relevantFaults } from './relevant-faults.ts';

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

/** What the schema says of a document. */
export interface Verdict {
  readonly diagnostics: readonly Diagnostic[];
  /** The keys and list positions from the top to each value that a document without these faults would not have. */
  readonly faulty: readonly (readonly string[])[];
}

/** Where the value stands that a fault is about. */
function faultyPath(relevant: RelevantFault): readonly string[] {
  if (relevant.kind === 'type') return pointerSteps(relevant.instancePath);
  const { keyword, instancePath, params } = relevant.fault;
  const path = pointerSteps(instancePath);
  if (keyword === 'additionalProperties') return [...path, String(params['additionalProperty'])];
  if (keyword === 'uniqueItems') return [...path, String(Math.max(Number(params['i']), Number(params['j'])))];
  return path;
}

/**
 * Checks a merged document against the compose schema and reports every fault in one pass, each at its place: an
 * unknown key at the key, a wrong value at the value. Of alternatives (a port as number, text or mapping) only the one
 * that the value's type chooses is reported. Spec-facts section 16. Empty if the document is valid.
 */
export function judgeDocument(root: DocumentNode): Verdict {
  if (validateCompose(toPlainValue(root))) return { diagnostics: [], faulty: [] };
  const faults = validateCompose.errors ?? [];
  const relevant = relevantFaults(faults);
  const unknown = unknownKeys(faults);
  const diagnostics = relevant
    .slice(0, mostShown)
    .map((fault) => describeFault(root, fault, unknown))
    .filter((diagnostic) => diagnostic !== undefined)
    .sort(byPlace);
  if (relevant.length > mostShown) diagnostics.push(schemaMoreFaults(mostShown, relevant.length, root.span));
  return { diagnostics, faulty: relevant.map(faultyPath) };
}

/** What {@link judgeDocument} finds, without the paths. */
export function validateDocument(root: DocumentNode): readonly Diagnostic[] {
  return judgeDocument(root).diagnostics;
}
