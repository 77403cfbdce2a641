const trueWords = new Set(['1', 't', 'T', 'TRUE', 'true', 'True', 'y', 'Y']);

/** Whether a COMPOSE_* variable turns something on (compose-surface 1.3). */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && trueWords.has(value);
}
