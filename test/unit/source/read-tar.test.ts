import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTar, type TarFileEntry } from '../../../src/source/read-tar.ts';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from '../../../src/source/tar-entry.ts';

const plain: TarEntry = { path: 'a', kind: 'file', mode: 0o644, uid: 1, gid: 2, size: 0, time: 1000 };

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

type Read = Omit<TarFileEntry, 'content'> & { readonly text: string };

async function read(bytes: Uint8Array, length = 512): Promise<readonly Read[]> {
  const all: Read[] = [];
  for await (const { content, ...entry } of readTar(inPieces(bytes, length))) {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    all.push({ ...entry, text: Buffer.concat(pieces).toString() });
  }
  return all;
}

function file(path: string, text: string, more: Partial<TarEntry> = {}): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([
    tarHeader({ ...plain, ...more, path, size: content.length }),
    content,
    tarPadding(content.length),
  ]);
}

/** A GNU header for the name of the next entry. */
function longName(type: 'L' | 'K', name: string): Buffer {
  const content = Buffer.from(`${name}\0`);
  const header = Buffer.from(tarHeader({ ...plain, path: '././@LongLink', size: content.length }));
  header.write(type, 156, 'ascii');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return Buffer.concat([header, content, tarPadding(content.length)]);
}

describe('readTar', () => {
  test('reads files, folders and links with what is said of them', async () => {
    const archive = Buffer.concat([
      tarHeader({ ...plain, path: 'd/', kind: 'directory', mode: 0o755 }),
      file('d/a', 'text', { mode: 0o4755, uid: 3_000_000, time: 12 }),
      tarHeader({ ...plain, path: 'd/l', kind: 'link', target: '../x' }),
      tarHeader({ ...plain, path: 'd/h', kind: 'hard-link', target: 'd/a' }),
      tarEnd,
    ]);
    expect(await read(archive)).toMatchObject([
      { path: 'd/', kind: 'directory', mode: 0o755, gid: 2 },
      { path: 'd/a', kind: 'file', mode: 0o4755, uid: 3_000_000, time: 12, size: 4, text: 'text' },
      { path: 'd/l', kind: 'link', target: '../x' },
      { path: 'd/h', kind: 'hard-link', target: 'd/a' },
    ]);
  });

  test('names may be long and in any script, by both extensions', async () => {
    const long = `${'ä/'.repeat(150)}end`;
    const archive = Buffer.concat([
      file(long, '1'),
      longName('L', `gnu/${long}`),
      longName('K', 'gnu/target'),
      tarHeader({ ...plain, kind: 'link', target: 'cut' }),
      file('short', '2'),
      tarEnd,
    ]);
    expect((await read(archive)).map(({ path, target }) => [path, target])).toEqual([
      [long, ''],
      [`gnu/${long}`, 'gnu/target'],
      ['short', ''],
    ]);
  });

  test('content that nobody reads is skipped', async () => {
    const archive = Buffer.concat([file('a', 'x'.repeat(5000)), file('b', 'y'), tarEnd]);
    const paths: string[] = [];
    for await (const { path } of readTar(inPieces(archive, 700))) paths.push(path);
    expect(paths).toEqual(['a', 'b']);
  });

  test('what is cut off, damaged or none is an error', async () => {
    const archive = Buffer.concat([file('a', 'x'.repeat(600)), tarEnd]);
    await expect(read(archive.subarray(0, 900))).rejects.toThrow('ends in the middle');
    await expect(read(Buffer.from('no archive at all'.repeat(40)))).rejects.toThrow('this is no tar archive');
    await expect(read(archive.subarray(0, 100))).rejects.toThrow('ends in the middle');
    expect(await read(Buffer.alloc(0))).toEqual([]);
  });

  test('any files come out as they went in, in whatever pieces', async () => {
    const files = fc.array(
      fc.record({
        path: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 180 }),
        text: fc.string({ maxLength: 1500 }),
      }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 2000 }), async (list, length) => {
        const wanted = list.map(({ path, text }) => ({ path: path.replaceAll('\0', '_'), text }));
        const archive = Buffer.concat([...wanted.map(({ path, text }) => file(path, text)), tarEnd]);
        expect((await read(archive, length)).map(({ path, text }) => ({ path, text }))).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});
