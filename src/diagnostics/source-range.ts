/** A place in a source text. Lines and columns count from 1, the offset from 0 (UTF-16 code units). */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of one source text; `end` is exclusive. */
export interface SourceRange {
  /** The name the text was read under: an absolute path, `-` for standard input, or a label such as `environment`. */
  readonly file: string;
  readonly start: SourcePosition;
  readonly end: SourcePosition;
}
