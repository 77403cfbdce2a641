import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parseSource } from '../../../src/loader/parse-source.ts';

/** The packages that are loaded with a module, not counting what it imports dynamically. */
async function packagesLoadedWith(module: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [module],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    splitting: true,
    outdir: 'unused',
  });
  const packages = new Set<string>();
  const reached = new Set([module]);
  for (const file of reached) {
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (kind !== 'import-statement') continue;
      if (external === true) packages.add(path);
      else reached.add(path);
    }
  }
  return [...packages].filter((name) => !name.startsWith('node:')).sort();
}

describe('reading a source', () => {
  it('gives the documents of a text in good order', async () => {
    const { documents, diagnostics } = await parseSource({ name: 'f', text: 'a: 1\n' });
    expect(documents).toMatchObject([{ root: { kind: 'mapping' } }]);
    expect(diagnostics).toEqual([]);
  });

  it('gives the documents of an unusual text', async () => {
    const { documents, diagnostics } = await parseSource({ name: 'f', text: 'a: 1\n---\nb:\t2\n' });
    expect(documents).toHaveLength(2);
    expect(diagnostics).toEqual([]);
  });

  it('tells what is wrong with a text', async () => {
    const { diagnostics } = await parseSource({ name: 'f', text: 'a: [1\n' });
    expect(diagnostics).toMatchObject([{ code: 'yaml-unclosed', range: { start: { line: 1, column: 4 } } }]);
  });

  it('loads the package of the careful reader only for a text that needs it', async () => {
    const withConfig = await packagesLoadedWith('src/cli/run/config.ts');
    expect(withConfig).toContain('js-yaml');
    expect(withConfig).not.toContain('yaml');
    expect(await packagesLoadedWith('src/document/parse-documents.ts')).toEqual(['yaml']);
  });
});
