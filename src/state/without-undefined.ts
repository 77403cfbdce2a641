/**
 * The object without its undefined members: on the wire an absent member means "the default", and the compiler tells
 * absent from undefined.
 */
export function withoutUndefined<T extends object>(members: { readonly [Key in keyof T]: T[Key] | undefined }): T {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  // Only members whose type allows undefined in the parameter but not in T have been dropped.
  return Object.fromEntries(present) as T;
}

/** The list, or undefined if it is empty or absent. */
export function filled<Item>(list: readonly Item[] | undefined): readonly Item[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

/** The number, or undefined for 0, which means "not set" in the model. */
export function nonZero(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}

/** The text, or undefined if it is empty, which means "not set" in the model. */
export function nonBlank(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
