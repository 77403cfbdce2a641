/** One pattern of a `.dockerignore` file or of BuildKit's file sync. */
interface PathPattern {
  /** `!pattern`: what it matches is taken back in. */
  readonly exclusion: boolean;
  readonly matches: (path: string) => boolean;
  /** The path up to the first wildcard. */
  readonly prefix: string;
}

/** Which patterns match a directory or one of its parents, in the patterns' order. */
export type PatternState = readonly boolean[];

/** What patterns say of a path. */
export interface PatternVerdict {
  readonly matched: boolean;
  /** Handed on to the paths below. */
  readonly state: PatternState;
}

/** A list of patterns of which the last that matches a path, or a parent of it, decides (moby's `patternmatcher`). */
export interface PathPatterns {
  /** The state above the top. */
  readonly root: PatternState;
  readonly judge: (path: string, parent: PatternState) => PatternVerdict;
  /** Whether something below a directory may be matched although the directory itself is not. */
  readonly mayMatchBelow: (directory: string) => boolean;
  /** Whether something below a matched directory may be taken back in. */
  readonly mayExcludeBelow: (directory: string) => boolean;
}

/** Compiles patterns. Throws a RangeError for one that is malformed. */
export function parsePathPatterns(texts: readonly string[]): PathPatterns {
  const patterns = texts.flatMap((text) => parsePattern(text.trim()) ?? []);
  const reaches = (directory: string, exclusion: boolean): boolean =>
    patterns.some(
      (pattern) =>
        pattern.exclusion === exclusion &&
        (`${pattern.prefix}/`.startsWith(`${directory}/`) || `${directory}/`.startsWith(pattern.prefix)),
    );
  return {
    root: patterns.map(() => false),
    judge: (path, parent) => {
      let matched = false;
      const state = patterns.map(({ exclusion, matches }, index) => {
        // A pattern that would change nothing is not looked at, so that what is below does not inherit it either.
        const hit = parent[index] === true || (exclusion === matched && matches(path));
        if (hit) matched = !exclusion;
        return hit;
      });
      return { matched, state };
    },
    mayMatchBelow: (directory) => reaches(directory, false),
    mayExcludeBelow: (directory) => reaches(directory, true),
  };
}

function parsePattern(text: string): PathPattern | undefined {
  const exclusion = text.startsWith('!');
  const path = cleanPattern(exclusion ? text.slice(1).trim() : text);
  if (path === '' || path === '.') {
    if (exclusion && path === '') throw new RangeError('illegal exclusion pattern: "!"');
    return undefined;
  }
  const wildcard = path.search(/[*?[\\]/);
  if (wildcard === -1) return { exclusion, matches: (other) => other === path, prefix: path };
  const expression = compile(path);
  return { exclusion, matches: (other) => expression.test(other), prefix: path.slice(0, wildcard) };
}

/** Without `.`, `..`, doubled and outer slashes, as Go's `filepath.Clean` leaves it. */
function cleanPattern(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  return parts.join('/');
}

function compile(path: string): RegExp {
  let source = '';
  for (let index = 0; index < path.length; index += 1) {
    const character = path.charAt(index);
    if (character === '*' && path.charAt(index + 1) === '*') {
      index += 1;
      if (path.charAt(index + 1) === '/') index += 1;
      source += index + 1 >= path.length ? '.*' : '(?:.*/)?';
    } else if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '\\') {
      index += 1;
      source += escaped(path.charAt(index));
    } else if (character === '[') {
      const end = classEnd(path, index);
      source += path.slice(index, end + 1).replaceAll('\\', '\\\\');
      index = end;
    } else source += escaped(character);
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch (cause) {
    throw new RangeError(`syntax error in pattern: ${JSON.stringify(path)}`, { cause });
  }
}

function classEnd(path: string, start: number): number {
  const end = path.indexOf(']', start + 1);
  if (end === -1) throw new RangeError(`syntax error in pattern: ${JSON.stringify(path)}`);
  return end;
}

function escaped(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
}
