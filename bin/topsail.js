#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { loadCached } = require('./code-cache.js');

const bundle = join(__dirname, '..', 'dist', 'cli', 'topsail.cjs');

if (existsSync(bundle)) {
  const { main } = loadCached(bundle, process.argv.slice(2));
  main(process.argv.slice(2)).then(
    (exitCode) => {
      process.exitCode = exitCode;
    },
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
} else {
  console.error(`topsail: not built yet, run \`npm install && npm run build\` in ${join(__dirname, '..')}`);
  process.exitCode = 1;
}
