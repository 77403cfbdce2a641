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
    const differences: string[] = [];
    let quickly = 0;
    for (const file of files) {
      const source = { name: file, text: readFileSync(join(corpus, file), 'utf8') };
      const quick = parseQuickly(source);
      if (quick === undefined) continue;
      quickly += 1;
      const { documents, diagnostics } = parseDocuments(source);
      differences.push(...diagnostics.map(({ message }) => `${file}: ${message}`));
      if (documents.length !== quick.length) differences.push(`${file}: ${documents.length} documents`);
      for (const [index, { root }] of quick.entries()) {
        const careful = documents[index]?.root;
        const difference = careful && differenceOf(root, careful);
        if (difference !== undefined) differences.push(`${file}: ${difference}`);
      }
    }
    expect(differences).toEqual([]);
    expect(quickly).toBeGreaterThan(0.95 * files.length);
  });
});
