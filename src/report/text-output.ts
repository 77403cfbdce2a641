/** Where a reporter or printer writes: a stream of the process, or a buffer in a test. */
export interface TextOutput {
  write(text: string): void;
  /** Width of the terminal in columns, undefined if it is none. */
  readonly columns?: number | undefined;
  /** Height of the terminal in lines, undefined if it is none. */
  readonly rows?: number | undefined;
}
