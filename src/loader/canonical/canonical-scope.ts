import { valueInvalid } from '../../diagnostics/value-diagnostics.ts';
import type { DocumentNode } from '../../document/node.ts';
import type { Findings } from '../findings.ts';

/** What canonicalisation notes its findings in. */
export interface CanonicalScope {
  readonly findings: Findings;
  /** Whether a form that cannot be read stays without a word: its variables are not interpolated. */
  readonly lenient: boolean;
  /** Takes up the forms that could not be read. */
  readonly faulty?: Set<DocumentNode>;
}

/** Runs a grammar on a value; what it throws becomes a diagnostic at the value, which then stays as it is. */
export function attempt<T extends DocumentNode>(
  node: DocumentNode,
  path: string,
  scope: CanonicalScope,
  read: () => T,
): T | DocumentNode {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    if (scope.lenient) return node;
    scope.findings.add(valueInvalid(path, thrown.message, node.span));
    scope.faulty?.add(node);
    return node;
  }
}
