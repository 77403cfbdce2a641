import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseGitReference, withoutPassword } from '../../../src/source/git-reference.ts';

describe('parseGitReference', () => {
  test.each([
    ['https://host/a/b.git', { repository: 'https://host/a/b.git' }],
    ['https://host/a/b.git#main', { repository: 'https://host/a/b.git', revision: 'main' }],
    ['https://host/b.git#v1:sub/dir', { repository: 'https://host/b.git', revision: 'v1', path: 'sub/dir' }],
    ['https://host/b.git#:sub', { repository: 'https://host/b.git', path: 'sub' }],
    ['https://host/b.git#:/sub//x/.', { repository: 'https://host/b.git', path: 'sub/x' }],
    ['https://me:token@host:8443/b.git', { repository: 'https://me:token@host:8443/b.git' }],
    ['http://127.0.0.1:80/b.git', { repository: 'http://127.0.0.1:80/b.git' }],
    ['ssh://git@host:22/b', { repository: 'ssh://git@host:22/b' }],
    ['git://host/b#feature/x', { repository: 'git://host/b', revision: 'feature/x' }],
    ['git@host:owner/b.git#main:x', { repository: 'git@host:owner/b.git', revision: 'main', path: 'x' }],
    ['github.com/owner/b', { repository: 'https://github.com/owner/b' }],
    ['github.com/owner/b#:x', { repository: 'https://github.com/owner/b', path: 'x' }],
  ])('reads %s', (text, reference) => {
    expect(parseGitReference(text)).toEqual(reference);
  });

  test.each([
    ['https://host/compose.yaml', 'the address of a git repository over http or https ends in .git'],
    ['ext::sh -c touch% /x', 'it is no address of a git repository'],
    ['file:///etc/b.git', 'file:// is not supported for compose files'],
    ['ftp://host/b.git', 'ftp:// is not supported for compose files'],
    ['--upload-pack=touch /x', 'it is no address of a git repository'],
    ['ssh://-oProxyCommand=x/b.git', 'its host is missing or not valid'],
    ['git@-oProxyCommand=x:b', 'it is no address of a git repository'],
    ['git@host:-x', 'the path of a repository cannot begin with -'],
    ['https:///b.git', 'its host is missing or not valid'],
    ['https://host/b.git#--upload-pack=x', '"--upload-pack=x" is no branch, tag or commit'],
    ['https://host/b.git#a b', '"a b" is no branch, tag or commit'],
    ['https://host/b.git#a..b', '"a..b" is no branch, tag or commit'],
    ['https://host/b.git#refs/*', '"refs/*" is no branch, tag or commit'],
    ['https://host/b.git#:../x', 'the path "../x" leads out of the repository'],
    ['https://host/b.git#:a/../../x', 'the path "a/../../x" leads out of the repository'],
    ['https://host/b.git#:a\\..\\x', 'the path "a\\\\..\\\\x" leads out of the repository'],
    ['https://host/b.git#:.GIT/config', 'the path ".GIT/config" leads out of the repository'],
    ['https://host/b.git#a\nb', 'control characters are not allowed'],
    ['https://host/b\0.git', 'control characters are not allowed'],
  ])('refuses %s', (text, problem) => {
    expect(parseGitReference(text)).toMatchObject({ problem });
  });

  test('nothing that is accepted can be an option of git or leave the repository', () => {
    const pieces = fc.constantFrom(
      'https://',
      'git@',
      'ssh://',
      'github.com/',
      'host',
      '/',
      ':',
      '#',
      '-',
      '..',
      '.git',
      'a',
      '@',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const reference = parseGitReference(parts.join(''));
        if ('problem' in reference) return;
        expect(reference.repository).not.toMatch(/^-|^[^:]*@-|^\w+:\/\/-/);
        expect(reference.revision ?? '').not.toMatch(/^-| /);
        expect((reference.path ?? '').split('/')).not.toContain('..');
      }),
      { numRuns: 500 },
    );
  });
});

test('a password in an address is not shown', () => {
  expect(withoutPassword('fatal: https://me:se:cret@host/b.git and ssh://git@host/c')).toBe(
    'fatal: https://me:***@host/b.git and ssh://git@host/c',
  );
});
