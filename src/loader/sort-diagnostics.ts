import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/**
 * Puts diagnostics in the order a reader meets their places: those without a place first, then file by file in the
 * order of `files`, each from top to bottom. What is at one place stays as it was found.
 */
export function sortDiagnostics(diagnostics: readonly Diagnostic[], files: Iterable<string>): readonly Diagnostic[] {
  const order = new Map([...files].map((file, index) => [file, index]));
  const fileOf = ({ range }: Diagnostic): number =>
    range === undefined ? -1 : (order.get(range.file) ?? Number.MAX_SAFE_INTEGER);
  return diagnostics.toSorted(
    (left, right) => fileOf(left) - fileOf(right) || (left.range?.start.offset ?? 0) - (right.range?.start.offset ?? 0),
  );
}
