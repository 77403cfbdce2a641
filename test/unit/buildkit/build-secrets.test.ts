import { expect, test } from 'vitest';
import { openSecrets } from '../../../src/buildkit/build-secrets.ts';

test('secrets are values or files, and others are not there', async () => {
  const read = await openSecrets([
    { id: 'word', value: 'open' },
    { id: 'page', file: import.meta.filename },
    { id: 'empty', value: '' },
  ]);
  expect(Buffer.from((await read('word')) ?? []).toString()).toBe('open');
  expect(Buffer.from((await read('page')) ?? []).toString()).toContain('others are not there');
  expect(await read('empty')).toHaveLength(0);
  expect(await read('other')).toBeUndefined();
});

test('a file that is not there is told before anything is built', async () => {
  await expect(openSecrets([{ id: 'key', file: '/no/such/file' }])).rejects.toMatchObject({
    kind: 'refused',
    message: 'the file of secret "key" cannot be read: /no/such/file',
  });
});
