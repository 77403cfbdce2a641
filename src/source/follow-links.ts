import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parsePathPatterns } from './path-patterns.ts';

/** More links in a row than any honest folder has. */
const mostLinks = 255;

/**
 * Patterns for everything that reading these paths of a folder would touch: the paths, and what the symbolic links on the way
 * point to. Links that lead out of the folder end at its top, as they do in a build. Undefined if that is the whole folder.
 */
export function followLinks(root: string, paths: readonly string[]): readonly string[] | undefined {
  const found = new Set<string>();
  for (const path of paths) follow(root, path, found, 0);
  if (found.has('')) return undefined;
  return [...found].sort();
}

function follow(root: string, path: string, found: Set<string>, links: number): void {
  if (links > mostLinks) throw new RangeError(`too many symbolic links at ${path}`);
  const parts = posix
    .join('/', path)
    .split('/')
    .filter((part) => part !== '');
  const walk = (at: string, rest: readonly string[]): void => {
    const [part, ...others] = rest;
    if (part === undefined) {
      found.add(at);
      return;
    }
    const names = /[*?[\\]/.test(part) ? matching(root, at, part) : [part];
    if (names.length === 0) found.add([at, ...rest].filter((piece) => piece !== '').join('/'));
    for (const name of names) {
      const next = at === '' ? name : `${at}/${name}`;
      const target = linkTarget(root, next);
      if (target === undefined) walk(next, others);
      else {
        found.add(next);
        follow(root, posix.join(posix.resolve(`/${at}`, target), ...others), found, links + 1);
      }
    }
  };
  walk('', parts);
}

function matching(root: string, directory: string, pattern: string): readonly string[] {
  const { root: state, judge } = parsePathPatterns([pattern]);
  try {
    return readdirSync(join(root, directory)).filter((name) => judge(name, state).matched);
  } catch {
    return [];
  }
}

function linkTarget(root: string, path: string): string | undefined {
  const full = join(root, path);
  try {
    return lstatSync(full).isSymbolicLink() ? readlinkSync(full) : undefined;
  } catch {
    return undefined;
  }
}
