import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toolVersion } from '../../../src/compose/tool-version.ts';

test('the version is that of package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(toolVersion).toBe(manifest.version);
});
