import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packFiles } from '../../../src/execution/file-archive.ts';
import type { InjectedFile } from '../../../src/state/desired-state.ts';

const file: InjectedFile = { path: '/run/secrets/token', content: 'geheim\n', mode: 0o444, uid: 0, gid: 0 };

/** What the system's tar reads from the archive: mode, numeric owner, size and path. */
function listing(files: readonly InjectedFile[]): readonly string[] {
  const text = execFileSync('tar', ['--numeric-owner', '-tvf', '-'], {
    input: packFiles(files, 0),
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  return text
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').replace(' 1970-01-01 00:00', ''));
}

describe('packFiles', () => {
  it('keeps mode, owner, path and size', () => {
    expect(listing([file, { ...file, path: '/etc/app.conf', mode: 0o4755, uid: 1000, gid: 65_534 }])).toEqual([
      '-r--r--r-- 0/0 7 run/secrets/token',
      '-rwsr-xr-x 1000/65534 7 etc/app.conf',
    ]);
  });

  it('takes owners beyond the octal field', () => {
    expect(listing([{ ...file, uid: 4_000_000_000, gid: 2_097_152 }])).toEqual([
      '-r--r--r-- 4000000000/2097152 7 run/secrets/token',
    ]);
  });

  it.each([100, 101, 150, 250, 300])('takes a path of %i characters', (length) => {
    const path = `/${'d'.repeat(60)}/${'f'.repeat(length - 61)}`;
    expect(listing([{ ...file, path }])).toEqual([`-r--r--r-- 0/0 7 ${path.slice(1)}`]);
  });

  it('takes names beyond ASCII', () => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-'));
    try {
      execFileSync('tar', ['-xf', '-', '-C', folder], { input: packFiles([{ ...file, path: '/é/日本' }], 0) });
      expect(execFileSync('cat', [join(folder, 'é', '日本')]).toString()).toBe('geheim\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('counts the size of a text in bytes', () => {
    expect(listing([{ ...file, content: 'é'.repeat(300) }, file])).toEqual([
      '-r--r--r-- 0/0 600 run/secrets/token',
      '-r--r--r-- 0/0 7 run/secrets/token',
    ]);
  });

  it('is an empty archive without files', () => {
    expect(packFiles([], 0)).toEqual(Buffer.alloc(1024));
  });
});
