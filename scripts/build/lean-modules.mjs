import * as childProcess from 'node:child_process';
import * as promises from 'node:fs/promises';

/** Calls of `fs/promises` that `fs` has with a callback: loading the former brings streams, readline and more, 2 ms of a start. */
const plainCalls = [
  'access',
  'appendFile',
  'chmod',
  'copyFile',
  'link',
  'lstat',
  'mkdir',
  'mkdtemp',
  'readdir',
  'readFile',
  'readlink',
  'rename',
  'rm',
  'stat',
  'symlink',
  'unlink',
  'utimes',
  'writeFile',
];

const otherCalls = Object.keys(promises).filter(
  (name) => typeof promises[name] === 'function' && !plainCalls.includes(name),
);

const fsPromises = `const fs = require('node:fs');
const call = (name) => (...given) =>
  new Promise((resolve, reject) => fs[name](...given, (error, value) => (error ? reject(error) : resolve(value))));
for (const name of ${JSON.stringify(plainCalls)}) exports[name] = call(name);
for (const name of ${JSON.stringify(otherCalls)}) exports[name] = (...given) => require('node:fs/promises')[name](...given);
exports.constants = fs.constants;`;

/** Members are properties of their own, for what a bundle imports by name is copied from those. */
const lazily = (name, members) => `for (const member of ${JSON.stringify(members)})
  Object.defineProperty(exports, member, { enumerable: true, get: () => require('${name}')[member] });`;

/** Whether what is asked for is loaded late by itself. */
const isLate = ({ kind, namespace }) => namespace === 'lean' || kind === 'dynamic-import';

/**
 * An esbuild plugin that keeps modules of Node out of a start that does not use them: `fs/promises`, and `child_process`, which
 * commander needs for commands that are programs of their own.
 * @type {import('esbuild').Plugin}
 */
export const leanModules = {
  name: 'lean-modules',
  setup(build) {
    build.onResolve({ filter: /^node:fs\/promises$/ }, (asked) =>
      isLate(asked) ? undefined : { path: 'fs-promises', namespace: 'lean' },
    );
    build.onResolve({ filter: /^node:child_process$/ }, (asked) =>
      isLate(asked) ? undefined : { path: 'child-process', namespace: 'lean' },
    );
    build.onLoad({ filter: /.*/, namespace: 'lean' }, ({ path }) => ({
      contents: path === 'fs-promises' ? fsPromises : lazily('node:child_process', Object.keys(childProcess)),
      loader: 'js',
    }));
  },
};
