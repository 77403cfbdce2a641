/** A parameter that a provider declares. */
export interface ProviderParameter {
  readonly name: string;
  readonly required: boolean;
}

/** What a provider says of itself: the parameters of each action. */
export interface ProviderMetadata {
  readonly up: readonly ProviderParameter[];
  readonly down: readonly ProviderParameter[];
}

/** Reads the answer to `BIN compose metadata`; undefined if it is not of that form. */
export function parseMetadata(text: string): ProviderMetadata | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const [up, down] = [parametersOf(member(value, 'up')), parametersOf(member(value, 'down'))];
    return up.length === 0 && down.length === 0 && member(value, 'description') === undefined
      ? undefined
      : { up, down };
  } catch {
    return undefined;
  }
}

function parametersOf(command: unknown): readonly ProviderParameter[] {
  const list = member(command, 'parameters');
  if (!Array.isArray(list)) return [];
  return list.flatMap((parameter: unknown) => {
    const name = member(parameter, 'name');
    return typeof name === 'string' ? [{ name, required: member(parameter, 'required') === true }] : [];
  });
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
