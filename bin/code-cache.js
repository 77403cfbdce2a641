'use strict';
// Loads a script with V8's code cache, which more than halves the command's start. Everything here may fail without harm:
// the script is then compiled from its text. The cache is written when the process that compiled it ends, because by then it
// holds the functions that the command really used; hence one cache per command word.
const { readFileSync, writeFileSync, renameSync, mkdirSync, lstatSync, rmSync, readdirSync } = require('node:fs');
const { homedir } = require('node:os');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

const checksumLength = 4;
const commandWords = new Set(
  'attach build config cp create doctor down events exec graph images kill logs ls pause plan port ps pull push restart rm run scale start stats stop top unpause up version wait watch'.split(
    ' ',
  ),
);

/**
 * Loads a bundle and returns its exports.
 * @param {string} path a CommonJS file in ASCII whose first line is `//` and the hash of the rest
 * @param {readonly string[]} words the command line, which chooses the cache
 */
function loadCached(path, words) {
  const source = readFileSync(path, 'latin1');
  const file = cacheFile(source.slice(2, source.indexOf('\n')), words);
  const cachedData = file === undefined ? undefined : readChecked(file);
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new Script(wrapped, { filename: path, ...(cachedData === undefined ? {} : { cachedData }) });
  if (file !== undefined && (cachedData === undefined || script.cachedDataRejected === true)) {
    process.once('exit', () => writeChecked(file, script));
  }
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, require, module, path, dirname(path));
  return module.exports;
}

/** Where the cache of this bundle, runtime and command word is, or undefined when there is to be none. */
function cacheFile(hash, words) {
  const folder = cacheFolder();
  if (folder === undefined) return undefined;
  const command = words.find((word) => commandWords.has(word)) ?? 'other';
  return join(folder, `${hash}-${process.version}-${process.arch}-${command}.bin`);
}

/** A code cache is code: it is taken only from a folder that belongs to this user and that nobody else can write. */
function cacheFolder() {
  if (process.env.TOPSAIL_NO_CODE_CACHE || crc32 === undefined) return undefined;
  try {
    const home = process.platform === 'win32' ? process.env.LOCALAPPDATA : process.env.XDG_CACHE_HOME;
    const folder = join(home || join(homedir(), '.cache'), 'topsail', 'code');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    if (!found.isDirectory()) return undefined;
    const foreign = process.getuid !== undefined && (found.uid !== process.getuid() || (found.mode & 0o077) !== 0);
    return foreign ? undefined : folder;
  } catch {
    return undefined;
  }
}

/** V8 trusts a cache's content: one flipped bit crashes the process, so the content carries its own checksum. */
function readChecked(file) {
  try {
    const bytes = readFileSync(file);
    const content = bytes.subarray(checksumLength);
    return bytes.readUInt32LE(0) === crc32(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function writeChecked(file, script) {
  try {
    const content = script.createCachedData();
    const checksum = Buffer.alloc(checksumLength);
    checksum.writeUInt32LE(crc32(content));
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, Buffer.concat([checksum, content]), { mode: 0o600 });
    renameSync(unfinished, file);
    removeOld(dirname(file));
  } catch {
    // The next start compiles again.
  }
}

/** Caches of bundles that are gone would gather for ever. One that is removed too early is written again. */
function removeOld(folder) {
  const oldest = Date.now() - 30 * 24 * 3600 * 1000;
  for (const name of readdirSync(folder)) {
    if (lstatSync(join(folder, name)).mtimeMs < oldest) rmSync(join(folder, name), { force: true });
  }
}

module.exports = { loadCached };
