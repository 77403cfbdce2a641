import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageReferenceText, isDigest, parseImageReference } from '../../../src/engine/image-reference.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

function fullName(text: string): string {
  const reference = parseImageReference(text);
  return 'problem' in reference ? reference.problem : imageReferenceText(reference);
}

describe('parseImageReference', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:alpine', 'docker.io/library/nginx:alpine'],
    ['user/app', 'docker.io/user/app:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/user/app:1', 'docker.io/user/app:1'],
    ['ghcr.io/owner/app:v1.2', 'ghcr.io/owner/app:v1.2'],
    ['localhost/app', 'localhost/app:latest'],
    ['127.0.0.1:5000/a/b/c', '127.0.0.1:5000/a/b/c:latest'],
    ['[::1]:5000/app:x', '[::1]:5000/app:x'],
    [`app@${digest}`, `docker.io/library/app@${digest}`],
    [`app:v1@${digest}`, `docker.io/library/app@${digest}`],
    ['a_b/c__d.e-f', 'docker.io/a_b/c__d.e-f:latest'],
  ])('reads %s in full', (text, full) => {
    expect(fullName(text)).toBe(full);
  });

  test.each([
    ['', 'invalid reference format'],
    ['Nginx', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
    ['ghcr.io/Owner/app', 'invalid reference format: repository name (Owner/app) must be lowercase'],
    ['app:', 'invalid reference format: "" is no tag'],
    ['app:-x', 'invalid reference format: "-x" is no tag'],
    ['app@sha256:12', 'invalid reference format: its digest is not valid'],
    [`app@md5:${'ab'.repeat(32)}`, 'invalid reference format: its digest is not valid'],
    [`a@${digest}@${digest}`, 'invalid reference format: its digest is not valid'],
    ['a//b', 'invalid reference format'],
    ['a/../b', 'invalid reference format'],
    ['host.example/a?b', 'invalid reference format'],
    ['user@host.example/a', 'invalid reference format: its digest is not valid'],
    ['ab'.repeat(32), 'invalid reference format'],
    [`${'a'.repeat(300)}`, 'invalid reference format: repository name must not be more than 255 characters'],
    [`${'a'.repeat(2000)}`, 'invalid reference format: it is too long'],
  ])('refuses %s', (text, problem) => {
    expect(fullName(text)).toBe(problem);
  });

  test('a full name reads as itself', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const reference = fc.record({
      registry: fc.constantFrom('docker.io', 'ghcr.io', 'localhost:5000'),
      repository: fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/')),
      tag: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,8}$/),
    });
    fc.assert(
      fc.property(reference, (given) => {
        expect(parseImageReference(imageReferenceText(given))).toEqual(given);
      }),
    );
  });

  test('what is accepted can stand in the path of an URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aA0./:@-_?#%\\ ') }), (text) => {
        const reference = parseImageReference(text);
        if ('problem' in reference) return;
        const url = new URL(
          `https://${reference.registry}/v2/${reference.repository}/manifests/${reference.tag ?? ''}`,
        );
        expect(url.pathname).toBe(`/v2/${reference.repository}/manifests/${reference.tag ?? ''}`);
        expect(url.username).toBe('');
      }),
    );
  });
});

test('digests are those that can be checked', () => {
  expect(isDigest(digest)).toBe(true);
  expect(isDigest(`sha512:${'0f'.repeat(64)}`)).toBe(true);
  expect(isDigest(digest.toUpperCase())).toBe(false);
  expect(isDigest(`${digest}/..`)).toBe(false);
});
