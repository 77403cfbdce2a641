import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type SourceSpan, type SourceText, toSourceRange } from '../diagnostics/source-text.ts';
import { isTopsailError } from '../diagnostics/topsail-error.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { Findings } from './findings.ts';
import type { LoadRequest } from './load-request.ts';
import { type LoadTrace, startTrace } from './load-trace.ts';

/** What every phase of one load shares. */
export interface LoadSession {
  readonly request: LoadRequest;
  readonly reader: SourceReader;
  readonly findings: Findings;
  /** Every text read so far, by name. */
  readonly sources: Map<string, SourceText>;
  /** Variables of included env files that a config or secret takes its content from, and the project does not have. */
  readonly borrowedVariables: Map<string, string>;
  /** Variables that the `env_file` of some service defines, and where. */
  readonly serviceVariables: Map<string, SourceSpan>;
  /** Local paths of the remote files named so far, by reference. */
  readonly remoteFiles: Map<string, Promise<string>>;
  /** Present when the request asks for provenance. */
  readonly trace?: LoadTrace;
}

/** Starts a load. */
export function startSession(request: LoadRequest, reader: SourceReader): LoadSession {
  return {
    request,
    reader,
    findings: new Findings(),
    sources: new Map(),
    borrowedVariables: new Map(),
    serviceVariables: new Map(),
    remoteFiles: new Map(),
    ...(request.provenance === true ? { trace: startTrace() } : {}),
  };
}

/**
 * Reads a text once. When it cannot be had, the reader's diagnostic is noted, pointing at the place that names the
 * file, and the answer is undefined.
 */
export async function readSource(
  session: LoadSession,
  path: string,
  namedAt?: SourceSpan,
): Promise<SourceText | undefined> {
  const known = session.sources.get(path);
  if (known !== undefined) return known;
  try {
    const source = path === '-' ? await session.reader.readStandardInput() : await session.reader.readText(path);
    session.sources.set(path, source);
    return source;
  } catch (thrown) {
    if (!isTopsailError(thrown)) throw thrown;
    session.findings.add(...thrown.diagnostics.map((fault) => pointAt(fault, namedAt)));
    return undefined;
  }
}

/** A fault that has no place of its own points at the place that names the file. */
export function pointAt(fault: Diagnostic, place: SourceSpan | undefined): Diagnostic {
  return fault.range !== undefined || place === undefined ? fault : { ...fault, range: toSourceRange(place) };
}
