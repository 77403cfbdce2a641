import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const samples = readdirSync(join(repository, 'samples')).map((name) => `samples/${name}/README.md`);
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(repository, 'docs')).map((name) => `docs/${name}`),
  ...samples.filter((path) => existsSync(join(repository, path))),
];

/** The text without what stands in code blocks. */
function proseOf(path: string): string {
  return readFileSync(path, 'utf8').replaceAll(/^```[^]*?^```/gm, '');
}

/** The names that headings of a page can be linked with. */
function anchorsOf(path: string): ReadonlySet<string> {
  const headings = [...proseOf(path).matchAll(/^#+ (?<title>.+)$/gm)].map((match) => match.groups?.['title'] ?? '');
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe.each(pages)('%s', (page) => {
  const path = join(repository, page);
  const links = [...proseOf(path).matchAll(/\]\((?<target>[^)]+)\)/g)].map((match) => match.groups?.['target'] ?? '');
  const local = links.filter((target) => !/^https?:/.test(target));

  test('links only to what is there', () => {
    const broken = local.filter((target) => {
      const [file = '', anchor] = target.split('#');
      const meant = file === '' ? path : resolve(dirname(path), file);
      return !existsSync(meant) || (anchor !== undefined && !anchorsOf(meant).has(anchor));
    });
    expect(broken).toEqual([]);
  });
});

test('the README links to every page of docs/', () => {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const missing = pages.filter((page) => page.startsWith('docs/') && !readme.includes(`(${page})`));
  expect(missing).toEqual([]);
});
