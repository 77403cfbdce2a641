import type { SourceText } from '../diagnostics/source-text.ts';
import type { VariableLookup } from '../interpolation/expand-template.ts';
import type { EnvironmentEntry, EnvironmentFileContent } from './dotenv.ts';

/**
 * Reads an env file by the rules of `docker run --env-file` (`format: raw`, spec-facts 8.17): no quotes, no expansion,
 * a bare key is copied from `lookup` or dropped.
 */
export function parseRawEnvironmentFile(source: SourceText, lookup: VariableLookup): EnvironmentFileContent {
  const entries: EnvironmentEntry[] = [];
  let start = source.text.startsWith('\ufeff') ? 1 : 0;
  for (const written of source.text.slice(start).split('\n')) {
    const span = { source, start, end: start + written.length };
    start = span.end + 1;
    const line = written.trimStart().replace(/\r$/, '');
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const name = equals === -1 ? line : line.slice(0, equals);
    if (name === '') return { entries, unset: [], problem: { message: `no variable name on line '${line}'`, span } };
    if (/\s/.test(name)) {
      return { entries, unset: [], problem: { message: `variable '${name}' contains whitespaces`, span } };
    }
    const value = equals === -1 ? lookup(name) : line.slice(equals + 1);
    if (value !== undefined) entries.push({ name, value, span, ...(equals === -1 ? { bare: true } : {}) });
  }
  return { entries, unset: [] };
}
