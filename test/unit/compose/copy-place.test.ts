import { describe, expect, test } from 'vitest';
import { type CopyDestination, copyPlace, readWrittenPath } from '../../../src/compose/copy-place.ts';

const file = { isDirectory: false, name: 's', contents: false };
const folder = { isDirectory: true, name: 's', contents: false };
const to = (kind: CopyDestination['kind'], asFolder = false): CopyDestination => ({
  kind,
  asFolder,
  parent: '/p',
  name: 'd',
  path: '/p/d',
});

describe('copyPlace', () => {
  test('a folder that exists takes the copy under its own name, or only the contents', () => {
    expect(copyPlace(file, to('directory'))).toEqual({ folder: '/p/d', name: 's' });
    expect(copyPlace(folder, to('directory', true))).toEqual({ folder: '/p/d', name: 's' });
    expect(copyPlace({ ...folder, contents: true }, to('directory'))).toEqual({ folder: '/p/d', name: '' });
  });

  test('elsewhere the copy gets the name of the destination', () => {
    expect(copyPlace(file, to('missing'))).toEqual({ folder: '/p', name: 'd' });
    expect(copyPlace(file, to('other'))).toEqual({ folder: '/p', name: 'd' });
    expect(copyPlace(folder, to('missing', true))).toEqual({ folder: '/p', name: 'd' });
  });

  test('folders do not become files, nor files folders', () => {
    expect(() => copyPlace(folder, to('other'))).toThrow('cannot copy directory to /p/d');
    expect(() => copyPlace(file, to('other', true))).toThrow('/p/d is not a directory');
    expect(() => copyPlace(file, to('missing', true))).toThrow('no such directory: /p/d');
  });
});

test.for([
  ['/a/b', '/a/b', false, false],
  ['/a/b/', '/a/b', false, true],
  ['/a/b/.', '/a/b', true, true],
  ['/', '/', false, true],
  ['/.', '/', true, true],
  ['a', 'a', false, false],
] as const)('%s is read by its end', ([text, path, contents, asFolder]) => {
  expect(readWrittenPath(text)).toEqual({ path, contents, asFolder });
});
