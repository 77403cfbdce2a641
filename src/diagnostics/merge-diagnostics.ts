import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** Two files give one attribute values of different kinds. */
export const mergeKindMismatch: DiagnosticFactory<[path: string, at: SourceSpan, base: SourceSpan]> = defineDiagnostic({
  code: 'merge-kind',
  about:
    'A later file gives a list, mapping or scalar where an earlier one has another kind of value; they cannot be merged.',
  write: (path, at, base) => ({
    message: `cannot override ${path}: the values are of different kinds`,
    path,
    at,
    related: [{ message: 'the value to be overridden', at: base }],
    hint: 'tag the later value with !override to replace the earlier one',
  }),
});

/** A section that must be a mapping is something else. */
export const sectionNotMapping: DiagnosticFactory<[path: string, at: SourceSpan]> = defineDiagnostic({
  code: 'section-not-mapping',
  about: '`services` and every service in it is a mapping.',
  write: (path, at) => ({ message: `${path} must be a mapping`, path, at }),
});
