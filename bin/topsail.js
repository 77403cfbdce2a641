#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { loadCached } = require('./code-cache.js');

const bundle = join(__dirname, '..', 'dist', 'cli', 'topsail.cjs');

if (process.argv[2] === 'docker-cli-plugin-metadata') {
  // The Docker client asks its plugins this before every command.
  const metadata = {
    SchemaVersion: '0.1.0',
    Vendor: 'Topsail',
    Version: require('../package.json').version,
    ShortDescription: 'Topsail in place of Docker Compose',
  };
  console.log(JSON.stringify(metadata));
} else if (existsSync(bundle)) {
  const { main } = loadCached(bundle, process.argv.slice(2));
  // Node ends with 0 when nothing is left to wait for, even if the promise of the command was never settled.
  const endEarly = () => {
    console.error('topsail: ended before its work was done; this is a fault in Topsail, please report it');
    process.exitCode = 1;
  };
  process.once('beforeExit', endEarly);
  main(process.argv.slice(2), { called: process.argv[1], launcher: __filename }).then(
    (exitCode) => {
      process.off('beforeExit', endEarly);
      process.exitCode = exitCode;
    },
    (error) => {
      process.off('beforeExit', endEarly);
      console.error(error);
      process.exitCode = 1;
    },
  );
} else {
  console.error(`topsail: not built yet, run \`npm install && npm run build\` in ${join(__dirname, '..')}`);
  process.exitCode = 1;
}
