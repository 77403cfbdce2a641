/** Where a reporter or printer writes: a stream of the process, or a buffer in a test. */
export interface TextOutput {
  write(text: string): void;
  /** Resolves when the reader has taken what was written; undefined if it keeps up. */
  drain?(): Promise<void> | undefined;
  /** Width of the terminal in columns, undefined if it is none. */
  readonly columns?: number | undefined;
  /** Height of the terminal in lines, undefined if it is none. */
  readonly rows?: number | undefined;
}
