/** One field that differs. Values are text for people; `secret` ones are masked unless values are asked for. */
export interface FieldChange {
  /** Path in the service, such as `environment.FOO` or `image`. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly secret: boolean;
}

/** The change of one value, or none. */
export function valueChange(
  path: string,
  before: string | undefined,
  after: string | undefined,
): readonly FieldChange[] {
  return before === after ? [] : [{ path, before, after, secret: false }];
}

/** The changes of a mapping, one for each key that differs. Values of the environment are secret. */
export function mapChanges(
  path: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  secret = false,
): readonly FieldChange[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return keys
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => ({ path: `${path}.${key}`, before: before.get(key), after: after.get(key), secret }));
}

/** The change of a list whose order means nothing, as one field, or none. */
export function setChange(path: string, before: readonly string[], after: readonly string[]): readonly FieldChange[] {
  const text = (items: readonly string[]): string | undefined =>
    items.length === 0 ? undefined : [...new Set(items)].toSorted().join(', ');
  return valueChange(path, text(before), text(after));
}

/** The change of a list of words, as one field, or none. */
export function listChange(path: string, before: readonly string[], after: readonly string[]): readonly FieldChange[] {
  const text = (items: readonly string[]): string | undefined =>
    items.length === 0 ? undefined : JSON.stringify(items);
  return valueChange(path, text(before), text(after));
}
