import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isTopsailError, type TopsailError } from '../../../src/diagnostics/topsail-error.ts';
import { createDiskSourceReader, maximumSourceBytes } from '../../../src/source/disk-source-reader.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'topsail-source-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function failureOf(promise: Promise<unknown>): Promise<TopsailError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isTopsailError(error)) throw new Error(`no TopsailError but ${String(error)}`);
  expect(error.diagnostics).toHaveLength(1);
  expect(error.diagnostics[0]).toMatchObject({ code: error.code, message: error.message });
  return error;
}

const reader = createDiskSourceReader();

describe('reading files', () => {
  it('gives the text under the path', async () => {
    const path = write('plain.yaml', 'a: é\n');
    expect(await reader.readText(path)).toEqual({ name: path, text: 'a: é\n' });
  });

  it('takes byte order marks off and reads UTF-16 with one', async () => {
    expect((await reader.readText(write('bom.yaml', '\uFEFFa: 1\n'))).text).toBe('a: 1\n');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a: é\n', 'utf16le')]);
    expect((await reader.readText(write('utf16.yaml', utf16))).text).toBe('a: é\n');
  });

  it('reads a pipe, whose size is unknown', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    expect(await reader.kind(path)).toBe('other');
    const [source] = await Promise.all([reader.readText(path), writeFile(path, 'a: 1\n')]);
    expect(source.text).toBe('a: 1\n');
  });

  it('stops when its signal is aborted', async () => {
    const path = write('aborted.yaml', 'a: 1\n');
    await expect(reader.readText(path, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('one clear error', () => {
  it('for a missing file, in the words of Docker Compose', async () => {
    const path = join(folder, 'missing.yaml');
    const error = await failureOf(reader.readText(path));
    expect(error).toMatchObject({ code: 'file-not-found', message: `open ${path}: no such file or directory` });
    expect((await failureOf(reader.readText(join(write('file', ''), 'below')))).code).toBe('file-not-found');
  });

  it('for a folder', async () => {
    const error = await failureOf(reader.readText(folder));
    expect(error).toMatchObject({ code: 'file-is-directory', message: `read ${folder}: is a directory` });
  });

  it('for a file without permission', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('not available here: a user whom file permissions bind');
    const path = write('secret.yaml', 'a: 1\n');
    chmodSync(path, 0);
    expect(await failureOf(reader.readText(path))).toMatchObject({
      code: 'file-unreadable',
      message: `open ${path}: permission denied`,
    });
  });

  it('for links that lead nowhere or in circles', async () => {
    symlinkSync('nowhere', join(folder, 'dangling'));
    expect((await failureOf(reader.readText(join(folder, 'dangling')))).code).toBe('file-not-found');
    symlinkSync('circle', join(folder, 'circle'));
    const error = await failureOf(reader.readText(join(folder, 'circle')));
    expect(error).toMatchObject({ code: 'file-unreadable', origin: 'user' });
    expect(error.message).toContain('too many levels of symbolic links');
  });

  it('for a binary file', async () => {
    const error = await failureOf(reader.readText(write('image.png', new Uint8Array([0x89, 0x50, 0, 1]))));
    expect(error.code).toBe('file-binary');
    expect(error.message).toContain('binary file');
  });

  it('for a file larger than the limit, before it is read', async () => {
    const path = write('huge.yaml', '');
    truncateSync(path, maximumSourceBytes + 1);
    const error = await failureOf(reader.readText(path));
    expect(error).toMatchObject({ code: 'file-too-large', message: `read ${path}: too large: more than 16 MiB` });
  });

  it('for an endless device', async () => {
    expect((await failureOf(reader.readText('/dev/zero'))).code).toBe('file-too-large');
  });

  it('for text that is not UTF-8, at its place', async () => {
    const bytes = Buffer.concat([Buffer.from('a: \uFFFD\nb: caf'), Buffer.from([0xe9]), Buffer.from('\n')]);
    const error = await failureOf(reader.readText(write('latin1.yaml', bytes)));
    expect(error.code).toBe('file-not-utf8');
    expect(error.message).toContain('0xe9');
    expect(error.diagnostics[0]?.range?.start).toMatchObject({ line: 2, column: 7 });
  });
});

describe('standard input', () => {
  it('is read once and given to everyone who asks', async () => {
    let started = 0;
    async function* chunks(): AsyncGenerator<Uint8Array | string> {
      started += 1;
      yield Buffer.from([0x61, 0x3a, 0x20, 0xc3]);
      yield Buffer.from([0xa9]);
      yield '\n';
    }
    const piped = createDiskSourceReader({ standardInput: chunks() });
    expect(await piped.readStandardInput()).toEqual({ name: '-', text: 'a: é\n' });
    expect((await piped.readStandardInput()).text).toBe('a: é\n');
    expect(started).toBe(1);
  });

  it('is an error where there is none', async () => {
    expect((await failureOf(reader.readStandardInput())).code).toBe('no-standard-input');
  });
});

describe('looking at paths', () => {
  it('tells files, folders and missing paths apart', async () => {
    mkdirSync(join(folder, 'sub'));
    write('sub/b', '');
    write('sub/a', '');
    expect(await reader.kind(join(folder, 'sub'))).toBe('directory');
    expect(await reader.kind(join(folder, 'sub', 'a'))).toBe('file');
    expect(await reader.kind(join(folder, 'sub', 'c'))).toBe('missing');
    expect(await reader.list(join(folder, 'sub'))).toEqual(['a', 'b']);
    expect(await reader.list(join(folder, 'sub', 'c'))).toEqual([]);
  });

  it('resolves symbolic links', async () => {
    const target = write('target', '');
    symlinkSync('target', join(folder, 'link'));
    expect(await reader.realPath(join(folder, 'link'))).toBe(target);
    expect(await reader.realPath(join(folder, 'nothing'))).toBeUndefined();
  });
});
