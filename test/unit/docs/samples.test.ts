import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadProject } from '../../../src/loader/load-project.ts';
import { createDiskSourceReader } from '../../../src/source/disk-source-reader.ts';
import { checkRunnable } from '../../../src/state/check-runnable.ts';

const samples = fileURLToPath(new URL('../../../samples', import.meta.url));

describe.each(readdirSync(samples))('samples/%s', (name) => {
  test('is a project that can be started, with a page that tells how', async () => {
    const request = { workingDirectory: join(samples, name), environment: {} };
    const { project, diagnostics } = await loadProject(request, createDiskSourceReader());
    expect(diagnostics).toEqual([]);
    expect(project === undefined ? undefined : checkRunnable(project)).toEqual([]);
    expect(existsSync(join(samples, name, 'README.md'))).toBe(true);
  });
});
