import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** A value that passes the schema and still cannot be read. */
export const valueInvalid: DiagnosticFactory<[path: string, problem: string, at: SourceSpan, hint?: string]> =
  defineDiagnostic({
    code: 'value-invalid',
    about:
      'The value has the right type but cannot be read: a port, volume, duration, size, number or command that does not follow its grammar.',
    write: (path, problem, at, hint) => ({ message: `${path}: ${problem}`, path, at, hint }),
  });

/** `external.name`, an outdated form. */
export const externalNameDeprecated: DiagnosticFactory<[path: string, at: SourceSpan]> = defineDiagnostic({
  code: 'external-name-deprecated',
  severity: 'warning',
  about: '`external: {name: x}` is outdated; write `external: true` and `name: x`.',
  write: (path, at) => ({
    message: `${path}: external.name is deprecated. Please set name and external: true`,
    path,
    at,
  }),
});

/** `name` and `external.name` differ. */
export const externalNameConflict: DiagnosticFactory<[path: string, at: SourceSpan]> = defineDiagnostic({
  code: 'external-name-conflict',
  about: 'Both `name` and `external.name` are given, with different values.',
  write: (path, at) => ({ message: `${path}: name and external.name conflict; only use name`, path, at }),
});

/** Attributes that exclude each other, or one that is missing beside another. */
export const attributesConflict: DiagnosticFactory<[path: string, problem: string, at: SourceSpan, hint?: string]> =
  defineDiagnostic({
    code: 'attributes-conflict',
    about: 'Attributes of one section exclude each other, or one needs another that is missing.',
    write: (path, problem, at, hint) => ({ message: `${path}: ${problem}`, path, at, hint }),
  });
