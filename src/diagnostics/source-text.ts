import type { SourceRange } from './source-range.ts';

/** One text that was read: a compose file, an env file, standard input. */
export interface SourceText {
  /** Absolute path, `-` for standard input, or a label such as `environment`. */
  readonly name: string;
  readonly text: string;
}

/** A stretch of one text as offsets (UTF-16 code units, `end` exclusive): cheap to keep on every node. */
export interface SourceSpan {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

const lineStarts = new WeakMap<SourceText, readonly number[]>();

function lineStartsOf(source: SourceText): readonly number[] {
  const known = lineStarts.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1);
  lineStarts.set(source, starts);
  return starts;
}

function positionAt(source: SourceText, offset: number): SourceRange['start'] {
  const starts = lineStartsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
}

/** Turns offsets into lines and columns. */
export function toSourceRange(span: SourceSpan): SourceRange {
  return {
    file: span.source.name,
    start: positionAt(span.source, span.start),
    end: positionAt(span.source, span.end),
  };
}
