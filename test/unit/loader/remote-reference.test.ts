import { expect, test } from 'vitest';
import { isRemoteReference } from '../../../src/loader/remote-reference.ts';

test.each([
  'oci://registry/app:v1',
  'https://host/app.git#main:sub',
  'http://host/app.git',
  'ssh://git@host/app',
  'git://host/app',
  'git@host:owner/app.git',
  'someone@host.example:app',
  'github.com/owner/app',
])('%s is remote', (reference) => {
  expect(isRemoteReference(reference)).toBe(true);
});

test.each([
  'compose.yaml',
  './github.com/x',
  'a@b.yaml',
  './git@host:x',
  'sub/user@host:x',
  'file:///x',
  'C:\\x',
  '-',
  '',
])('%s is local', (reference) => {
  expect(isRemoteReference(reference)).toBe(false);
});
