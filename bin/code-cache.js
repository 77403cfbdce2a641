'use strict';
// Loads the files of a bundle with V8's code cache, which more than halves the command's start. Everything here may fail without
// harm: a file is then compiled from its text. The cache is written when the process that compiled something ends, because by then
// it holds the functions that the command really used; hence one cache per command word, of the files that the command loads.
const {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { homedir } = require('node:os');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

const lengthsLength = 8;
const commandWords = new Set(
  'attach build commit completion config cp create doctor down env events exec explain export graph images install kill logs ls pause plan port prune ps pull push restart rm run scale start stats stop top unpause up version volumes wait'.split(
    ' ',
  ),
);

/**
 * Loads a bundle and returns the exports of its first file.
 * @param {string} path a CommonJS file in ASCII whose first line is `//` and the hash of the whole bundle; it requires its other
 * files, which are beside it, as `./name`
 * @param {readonly string[]} words the command line, which chooses the cache
 */
function loadCached(path, words) {
  const image = readImage(path, words);
  const modules = new Map();
  const alone = [];
  const load = (name) => {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const filename = join(dirname(path), name);
    const body = image.bodies.get(name) ?? compileAlone(filename);
    if (!image.bodies.has(name)) alone.push(name);
    body.call(module.exports, module.exports, requirePart, module, filename, dirname(path));
    return module.exports;
  };
  const requirePart = (name) => (name.startsWith('./') ? load(name.slice(2)) : require(name));
  if (image.file !== undefined) process.once('exit', () => writeImage(path, image, alone));
  return load(basename(path));
}

function wrapped(text) {
  return `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
}

function compileAlone(filename) {
  return new Script(wrapped(readFileSync(filename, 'latin1')), { filename }).runInThisContext();
}

/**
 * The files that the command word loaded the last time, as one script: `names`, their functions by name (`bodies`), and whether there
 * was a code cache for them.
 */
function readImage(path, words) {
  const file = cacheFile(bundleHash(path), words);
  const none = { file, names: [], bodies: new Map(), script: undefined, cached: false };
  if (file === undefined) return none;
  const parts = readChecked(file);
  if (parts === undefined) return none;
  const { names, text, cachedData } = parts;
  const filename = join(dirname(path), 'image.js');
  const script = new Script(text, cachedData.length === 0 ? { filename } : { filename, cachedData });
  const functions = script.runInThisContext();
  const bodies = new Map(names.map((name, index) => [name, functions[index]]));
  return { file, names, bodies, script, cached: cachedData.length > 0 && script.cachedDataRejected !== true };
}

function bundleHash(path) {
  const start = Buffer.alloc(80);
  const file = openSync(path, 'r');
  try {
    readSync(file, start);
  } finally {
    closeSync(file);
  }
  return start.toString('latin1', 2, start.indexOf(10));
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
  if (process.env.TOPSAIL_NO_CODE_CACHE) return undefined;
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

/**
 * V8 trusts a cache's content: one flipped bit crashes the process. So everything is there twice and has to be the same, which is
 * quicker to see than a checksum is to compute.
 */
function readChecked(file) {
  try {
    const bytes = readFileSync(file);
    const content = bytes.subarray(0, bytes.length / 2);
    if (content.length === 0 || !content.equals(bytes.subarray(content.length))) return undefined;
    const textStart = lengthsLength + content.readUInt32LE(0);
    const textEnd = textStart + content.readUInt32LE(4);
    return {
      names: content.toString('latin1', lengthsLength, textStart).split('\n'),
      text: content.latin1Slice(textStart, textEnd),
      cachedData: content.subarray(textEnd),
    };
  } catch {
    return undefined;
  }
}

/**
 * Files that were not in the image are put into it. The next run compiles it, and when that ends its functions are cached: only a script
 * that has run knows which of them are needed.
 */
function writeImage(path, { file, names, script, cached }, alone) {
  try {
    if (alone.length > 0) {
      const all = [...names, ...alone].sort();
      const texts = all.map((name) => wrapped(readFileSync(join(dirname(path), name), 'latin1')));
      writeChecked(file, all, `[${texts.join(',\n')}]`, Buffer.alloc(0));
    } else if (!cached && script !== undefined) {
      const { text } = readChecked(file) ?? {};
      if (text !== undefined) writeChecked(file, names, text, script.createCachedData());
    }
  } catch {
    // The next start compiles again.
  }
}

function writeChecked(file, names, text, cachedData) {
  const list = Buffer.from(names.join('\n'), 'latin1');
  const source = Buffer.from(text, 'latin1');
  const lengths = Buffer.alloc(lengthsLength);
  lengths.writeUInt32LE(list.length);
  lengths.writeUInt32LE(source.length, 4);
  const content = [lengths, list, source, cachedData];
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, Buffer.concat([...content, ...content]), { mode: 0o600 });
  renameSync(unfinished, file);
  removeOld(dirname(file));
}

/** Caches of bundles that are gone would gather for ever. One that is removed too early is written again. */
function removeOld(folder) {
  const oldest = Date.now() - 30 * 24 * 3600 * 1000;
  for (const name of readdirSync(folder)) {
    if (lstatSync(join(folder, name)).mtimeMs < oldest) rmSync(join(folder, name), { force: true });
  }
}

module.exports = { loadCached };
