/** Ends a switch over a union: a variant without a case does not compile. Throws if it is ever reached. */
export function unreachable(value: never): never {
  throw new TypeError(`unexpected variant: ${JSON.stringify(value)}`);
}
