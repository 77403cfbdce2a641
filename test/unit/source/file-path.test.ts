import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolutePath,
  isAbsolutePath,
  joinPath,
  lastName,
  parentFolder,
  pathBetween,
  pathsDownTo,
} from '../../../src/source/file-path.ts';

const part = fc.constantFrom('a', 'bc', '.', '..', '', 'x y', '~', 'é', 'C:');
const name = fc.constantFrom('a', 'bc', 'x y', 'é', '...', '.env');
const unixFolder = fc.array(name).map((names) => `/${names.join('/')}`);
const windowsFolder = fc
  .tuple(fc.constantFrom('C:\\', 'd:\\', '\\\\srv\\share\\'), fc.array(name))
  .map(([root, names]) => root + names.join('\\'));
const written = fc.tuple(fc.constantFrom('', '/'), fc.array(part)).map(([root, parts]) => root + parts.join('/'));

const unclosed = (path: string): string => (path.length > 1 ? path.replace(/[\\/]$/, '') : path);

describe('paths are what Node says on', () => {
  it('a Unix', () => {
    fc.assert(
      fc.property(unixFolder, written, unixFolder, (folder, path, other) => {
        expect(joinPath(folder, path)).toBe(unclosed(posix.join(folder, path)));
        expect(absolutePath(folder, path)).toBe(posix.resolve(folder, path));
        expect(isAbsolutePath(path, folder)).toBe(posix.isAbsolute(path));
        expect(parentFolder(folder)).toBe(posix.dirname(folder));
        expect(lastName(folder)).toBe(posix.basename(folder));
        expect(pathBetween(folder, other)).toBe(posix.relative(folder, other));
      }),
      { numRuns: 2000 },
    );
  });

  it('Windows, wherever this runs', () => {
    const path = fc.oneof(
      written,
      fc.array(part).map((parts) => parts.filter((name) => name !== 'C:').join('\\')),
      windowsFolder,
    );
    fc.assert(
      fc.property(windowsFolder, path, windowsFolder, (folder, path, other) => {
        fc.pre(!/^[\\/]{2}|^C:(?![\\/])/.test(path) && !/[\\/]C:/.test(path));
        expect(unclosed(absolutePath(folder, path))).toBe(unclosed(win32.resolve(folder, path)));
        expect(isAbsolutePath(path, folder)).toBe(win32.isAbsolute(path));
        expect(unclosed(parentFolder(folder))).toBe(unclosed(win32.dirname(folder)));
        if (folder.slice(0, 3) === other.slice(0, 3))
          expect(pathBetween(folder, other)).toBe(win32.relative(folder, other));
      }),
      { numRuns: 2000 },
    );
  });
});

it('a path of Windows is relative to a folder of a Unix', () => {
  expect(isAbsolutePath('C:\\x', '/a')).toBe(false);
  expect(isAbsolutePath('\\x', '/a')).toBe(false);
});

it('without a folder a path stays relative', () => {
  expect(joinPath('', './a/../b/')).toBe('b');
  expect(joinPath('', '..')).toBe('..');
  expect(joinPath('', '.')).toBe('.');
  expect(joinPath('../x', '../../y')).toBe('../../y');
});

it('names what leads to a path', () => {
  expect(pathsDownTo('/a/b')).toEqual(['/', '/a', '/a/b']);
  expect(pathsDownTo('C:\\a')).toEqual(['C:\\', 'C:\\a']);
});
