/** What the last failed attempt came to find out whether a container is ready. */
export type LastAttempt =
  /** From outside. */
  | { readonly kind: 'probe'; readonly reason: string }
  /** Our own execution of its declared check; without exit code it did not end in time. */
  | { readonly kind: 'check'; readonly exitCode: number | undefined; readonly output: string };
