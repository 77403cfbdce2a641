import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocuments } from '../../src/document/parse-documents.ts';
import { parseQuickly } from '../../src/document/parse-quickly.ts';
import { differenceOf } from '../unit/document/same-tree.ts';
import { findCorpus } from './corpus.ts';

const corpus = findCorpus();

describe('files of the corpus that are read quickly are read as the careful reader reads them', () => {
  it('and nearly all are read quickly', ({ skip }) => {
    if (corpus === undefined) return skip('not available here: the conformance corpus');
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name));
    let quickly = 0;
    for (const file of files) {
      const source = { name: file, text: readFileSync(join(corpus, file), 'utf8') };
      const quick = parseQuickly(source);
      if (quick === undefined) continue;
      quickly += 1;
      const { documents, diagnostics } = parseDocuments(source);
      expect(diagnostics, file).toEqual([]);
      expect(documents, file).toHaveLength(quick.length);
      for (const [index, { root }] of quick.entries()) {
        const careful = documents[index]?.root;
        expect(careful && differenceOf(root, careful), file).toBeUndefined();
      }
    }
    expect(quickly).toBeGreaterThan(0.95 * files.length);
  });
});
