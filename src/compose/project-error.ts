import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderDiagnostic } from '../diagnostics/render-diagnostic.ts';
import type { SourceText } from '../diagnostics/source-text.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';

/**
 * A project that cannot be used as it is written: `code` is that of the first error, `diagnostics` holds all findings and
 * `sources` every text they point into. The message is all errors, drawn.
 */
export class ProjectError extends TopsailError {
  readonly sources: ReadonlyMap<string, SourceText>;

  constructor(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, SourceText>) {
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
    const drawn = errors.map((diagnostic) => renderDiagnostic(diagnostic, sources)).join('\n');
    super(errors[0]?.code ?? 'project', drawn, { diagnostics });
    this.sources = sources;
  }
}
