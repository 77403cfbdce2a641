/**
 * A number below `size` that depends on the text alone and differs for most texts (FNV-1a): where a search for something
 * free begins, so that processes which cannot see each other do not all try the same first.
 */
export function spread(text: string, size: number): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % size;
}
