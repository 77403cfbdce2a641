/** The value without null members, which engines write for "not set", so that absent means absent. Null list entries stay. */
export function withoutNulls<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value)
    .filter(([, member]) => member !== null)
    .map(([key, member]): [string, unknown] => [key, withoutNulls(member)]);
  // Only members that are null went away, and those are optional in our types.
  return Object.fromEntries(kept) as Value;
}
