import { expect, it } from 'vitest';
import { readTar } from '../../../../src/source/read-tar.ts';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from '../../../../src/source/tar-entry.ts';
import { rebaseArchive } from '../../../../src/testing/checkpoint/rebase-archive.ts';

const attributes = { mode: 0o640, uid: 7, gid: 8, size: 0, time: 5 };

function entry(path: string, kind: TarEntry['kind'], text = '', target = ''): Buffer {
  const content = Buffer.from(text);
  const header = tarHeader({ ...attributes, path, kind, size: content.length, target });
  return Buffer.concat([header, content, tarPadding(content.length)]);
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
}

async function listed(bytes: Buffer, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { path, kind, mode, uid, gid, target, content } of readTar(rebaseArchive(inPieces(bytes), folder))) {
    let text = '';
    for await (const piece of content) text += Buffer.from(piece).toString();
    found.push(`${path} ${kind} ${mode.toString(8)} ${String(uid)}:${String(gid)} ${target}${text}`.trim());
  }
  return found;
}

it('renames the folder of an archive, with what is in it and what leads there', async () => {
  const archive = Buffer.concat([
    entry('data/', 'directory'),
    entry('data/one', 'file', 'content'),
    entry('data/link', 'link', '', 'one'),
    entry('data/same', 'hard-link', '', 'data/one'),
    tarEnd,
  ]);
  expect(await listed(archive, 'kept')).toEqual([
    'kept/ directory 640 7:8',
    'kept/one file 640 7:8 content',
    'kept/link link 640 7:8 one',
    'kept/same hard-link 640 7:8 kept/one',
  ]);
  expect(await listed(archive, '.')).toContain('./one file 640 7:8 content');
});

it('takes the names that Podman gives the folder where a volume is mounted', async () => {
  const archive = Buffer.concat([entry('/', 'directory'), entry('/sub', 'directory'), entry('/sub/x', 'file'), tarEnd]);
  expect(await listed(archive, 'kept')).toEqual([
    'kept/ directory 640 7:8',
    'kept/sub/ directory 640 7:8',
    'kept/sub/x file 640 7:8',
  ]);
});
