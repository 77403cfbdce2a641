import type { JsonValue, Named } from '../../project/project.ts';

/** The mappings in a list of JSON values; nothing for anything that is no list. */
export function mappingsIn(value: JsonValue | undefined): readonly Named<JsonValue>[] {
  if (!isList(value)) return [];
  return value.filter((item): item is Named<JsonValue> => item !== null && typeof item === 'object' && !isList(item));
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
