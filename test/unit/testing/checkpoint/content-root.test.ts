import { describe, expect, it } from 'vitest';
import { type TarEntry, tarHeader, tarPadding } from '../../../../src/source/tar-entry.ts';
import { readContentRoot, tapContentRoot } from '../../../../src/testing/checkpoint/content-root.ts';

const blockSize = 512;
const folder: TarEntry = { path: 'content/', kind: 'directory', mode: 0o2750, uid: 999, gid: 998, size: 0, time: 0 };

/** A record about the next entry, as archives have it: a file of another type. */
function records(text: string): readonly Buffer[] {
  const header = tarHeader({ ...folder, path: 'pax', kind: 'file', size: text.length });
  header.write('x', 156, 'ascii');
  return [header, Buffer.from(text), tarPadding(text.length)];
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('readContentRoot', () => {
  it('reads mode and owner of the first entry', () => {
    expect(readContentRoot(tarHeader(folder))).toEqual({ mode: 0o2750, uid: 999, gid: 998 });
  });

  it('takes owners from records where the numbers are too large for the entry', () => {
    const bytes = Buffer.concat([...records('18 uid=4294967290\n11 gid=77\n'), tarHeader(folder)]);
    expect(readContentRoot(bytes)).toEqual({ mode: 0o2750, uid: 4294967290, gid: 77 });
  });

  it('reads numbers in base 256', () => {
    expect(readContentRoot(tarHeader({ ...folder, uid: 4_000_000_000 }))?.uid).toBe(4_000_000_000);
  });

  it('waits for more bytes', () => {
    expect(readContentRoot(Buffer.alloc(0))).toBeUndefined();
    expect(readContentRoot(Buffer.concat(records('11 gid=77\n').slice(0, 1)))).toBeUndefined();
  });
});

describe('tapContentRoot', () => {
  it('passes everything on and tells of the root once, whatever the pieces are', async () => {
    const bytes = Buffer.concat([...records('11 gid=77\n'), tarHeader(folder), Buffer.alloc(3 * blockSize, 1)]);
    for (const size of [1, 100, 512, 10_000]) {
      const told: unknown[] = [];
      const pieces: Uint8Array[] = [];
      for await (const piece of tapContentRoot(inPieces(bytes, size), (root) => told.push(root))) pieces.push(piece);
      expect(Buffer.concat(pieces)).toEqual(bytes);
      expect(told).toEqual([{ mode: 0o2750, uid: 999, gid: 77 }]);
    }
  });

  it('refuses what is no archive', async () => {
    const reading = async (): Promise<void> => {
      for await (const _ of tapContentRoot(inPieces(Buffer.from('short'), 2), () => undefined)) continue;
    };
    await expect(reading()).rejects.toThrow('no archive');
  });
});
