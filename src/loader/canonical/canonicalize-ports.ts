import type { DocumentNode } from '../../document/node.ts';
import { parsePortSpecification } from '../../project/port-specification.ts';
import { madeFrom, nodeFromPlain, sequenceNode, withDefaultMembers } from '../tree/nodes.ts';
import { attempt, type CanonicalScope } from './canonical-scope.ts';

/** Turns short ports into long ones; a range becomes several (spec-facts section 20). */
export function canonicalizePorts(value: DocumentNode, path: string, scope: CanonicalScope): DocumentNode {
  if (value.kind !== 'sequence' || value.items.every((item) => item.kind === 'mapping')) return value;
  const long = value.items.map((item, index) => canonicalizePort(item, `${path}.${String(index)}`, scope));
  if (scope.lenient && long.some((port) => port.kind === 'scalar')) return value;
  return { ...value, items: long.flatMap((port) => (port.kind === 'sequence' ? port.items : [port])) };
}

function canonicalizePort(item: DocumentNode, path: string, scope: CanonicalScope): DocumentNode {
  if (item.kind !== 'scalar') return item;
  // A number holds no variable.
  const strictly = typeof item.value === 'string' ? scope : { ...scope, lenient: false };
  return attempt(item, path, strictly, () => {
    if (typeof item.value === 'number' && item.float === true) throw new RangeError('invalid type float64 for port');
    const ports = parsePortSpecification(String(item.value));
    if (ports.some(({ target }) => target === 0)) throw new RangeError('service ports is missing a target port');
    const unwritten = /\/./.test(String(item.value)) ? ['mode'] : ['mode', 'protocol'];
    return sequenceNode(
      ports.map((port) => withDefaultMembers(madeFrom(nodeFromPlain({ ...port }, item.span), item), unwritten)),
      item.span,
    );
  });
}
