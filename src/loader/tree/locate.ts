import type { SourceSpan } from '../../diagnostics/source-text.ts';
import type { DocumentNode } from '../../document/node.ts';

/**
 * Splits a project path: `services.web.ports[0].target`. Names that hold dots or brackets stand in quotes:
 * `services."my.service"`.
 */
export function pathSteps(path: string): readonly string[] {
  const steps: string[] = [];
  for (const [, quoted, index, plain] of path.matchAll(/"((?:[^"\\]|\\.)*)"|\[(\d+)\]|([^.[\]"]+)/g)) {
    steps.push(quoted?.replaceAll(/\\(.)/g, '$1') ?? index ?? plain ?? '');
  }
  return steps;
}

/** Where the value at a path is written, or its nearest written ancestor. */
export function locateSpan(root: DocumentNode, steps: readonly string[]): SourceSpan {
  let node = root;
  let span = root.span;
  for (const [depth, step] of steps.entries()) {
    const next = stepInto(node, step);
    if (next === undefined) break;
    node = next.node;
    span = depth === steps.length - 1 ? next.span : node.span;
  }
  return span;
}

function stepInto(
  node: DocumentNode,
  step: string,
): { readonly node: DocumentNode; readonly span: SourceSpan } | undefined {
  if (node.kind === 'mapping') {
    const entry = node.entries.get(step);
    return entry === undefined ? undefined : { node: entry.value, span: memberSpan(entry.keySpan, entry.value.span) };
  }
  if (node.kind === 'scalar') return undefined;
  const item = /^\d+$/.test(step) ? node.items[Number(step)] : undefined;
  const found = item ?? node.items.find((candidate) => isAssignmentOf(candidate, step));
  return found === undefined ? undefined : { node: found, span: found.span };
}

/** From key to value when both are written together, else the value alone. */
function memberSpan(key: SourceSpan, value: SourceSpan): SourceSpan {
  const together = key.source === value.source && key.start <= value.start;
  return together ? { source: key.source, start: key.start, end: Math.max(key.end, value.end) } : value;
}

function isAssignmentOf(node: DocumentNode, name: string): boolean {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return false;
  return node.value === name || node.value.startsWith(`${name}=`);
}
