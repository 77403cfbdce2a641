import type { JsonValue, Named } from '../project/project.ts';

/** The members of `x-topsail` among the extensions of a service or a project; none if it is absent or no mapping. */
export function topsailExtension(extensions: Named<JsonValue> | undefined): ReadonlyMap<string, JsonValue> {
  const extension = extensions?.['x-topsail'];
  const isMapping = typeof extension === 'object' && extension !== null && !Array.isArray(extension);
  return new Map(isMapping ? Object.entries(extension) : []);
}
