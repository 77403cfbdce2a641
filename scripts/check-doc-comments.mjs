#!/usr/bin/env node
// Fails when an exported name under src/ has no doc comment, and when there was nothing to check.
// Usage: node scripts/check-doc-comments.mjs [SOURCE_FOLDER]
import { fileURLToPath } from 'node:url';
import { checkDocComments } from './checks/doc-comments.mjs';

const root = process.argv[2] ?? fileURLToPath(new URL('../src', import.meta.url));
const { filesRead, exportsRead, violations } = await checkDocComments(root);
for (const violation of violations) console.error(violation);
if (exportsRead === 0) console.error(`${root}: no exported name was read`);
else console.log(`${exportsRead} exports in ${filesRead} files, ${violations.length} without a doc comment`);
process.exitCode = exportsRead === 0 || violations.length > 0 ? 1 : 0;
