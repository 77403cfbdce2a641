#!/usr/bin/env node
// Fails when an import under src/ runs against the direction of the house, and when there was nothing to check.
// Usage: node scripts/check-layers.mjs [SOURCE_FOLDER]
import { fileURLToPath } from 'node:url';
import { checkLayers } from './checks/layers.mjs';

const root = process.argv[2] ?? fileURLToPath(new URL('../src', import.meta.url));
const { filesRead, violations } = await checkLayers(root);
for (const violation of violations) console.error(violation);
if (filesRead === 0) console.error(`${root}: no source file was read`);
else console.log(`${filesRead} files, ${violations.length} violations`);
process.exitCode = filesRead === 0 || violations.length > 0 ? 1 : 0;
