import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { layers } from './layer-table.mjs';
import { lineAt, readModule } from './module-imports.mjs';
import { findImpurities } from './purity.mjs';
import { listSourceFiles } from './source-files.mjs';

const builtins = new Set(builtinModules);
const generatedFolder = 'generated';

/**
 * Checks the direction of every import under a source folder, who may use which vendor package, who may construct
 * adapters, and that pure folders are pure.
 * @param {string} root the `src` folder
 * @returns {Promise<{filesRead: number, violations: string[]}>} violations as `path:line message`
 */
export async function checkLayers(root) {
  const files = await listSourceFiles(root);
  const violations = [];
  for (const file of files) {
    const room = roomOf(file);
    if (layers[room] === undefined) {
      violations.push(`${file}:1 ${room} is no room of the house (scripts/checks/layer-table.mjs)`);
      continue;
    }
    const text = await readFile(join(root, file), 'utf8');
    violations.push(...checkFile(file, room, text));
  }
  return { filesRead: files.length, violations };
}

function checkFile(file, room, text) {
  const { imports, program } = readModule(file, text);
  const found = [];
  for (const { specifier, line } of imports) {
    const fault = specifier === undefined ? 'imports a computed name' : importFault(file, room, specifier);
    if (fault !== undefined) found.push(`${file}:${line} ${fault}`);
  }
  if (layers[room].pure) {
    for (const { start, what } of findImpurities(program)) {
      found.push(`${file}:${lineAt(text, start)} ${room}/ is pure and may not hold ${what}`);
    }
  }
  return found;
}

/** What is wrong with one import, or undefined. */
function importFault(file, room, specifier) {
  if (specifier.startsWith('.')) return relativeFault(file, room, specifier);
  if (specifier.startsWith('node:')) {
    return layers[room].pure && !layers[room].builtins?.includes(specifier)
      ? `${room}/ is pure and may not import ${specifier}`
      : undefined;
  }
  if (builtins.has(specifier)) return `imports ${specifier}: write node:${specifier}`;
  const name = packageName(specifier);
  if (layers[room].vendors?.includes(name)) return undefined;
  const owner = Object.keys(layers).find((folder) => layers[folder].vendors?.includes(name));
  return owner === undefined
    ? `imports ${name}, which no room may import`
    : `imports ${name}, which only ${owner}/ may import`;
}

function relativeFault(file, room, specifier) {
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  if (target.startsWith('..')) return `imports ${specifier}, which is outside the source folder`;
  if (!specifier.endsWith('.ts') && !target.split('/').includes(generatedFolder)) {
    return `imports ${specifier}: relative imports end in .ts`;
  }
  const other = roomOf(target);
  if (other === room) return undefined;
  if (layers[other] === undefined) return `imports ${other}, which is no room of the house`;
  if (layers[other].adapter && !layers[room].constructsAdapters) {
    return `${room} [${layers[room].level}] may not import the adapter ${other}: only connect, index.ts and cli do`;
  }
  if (layers[other].level < layers[room].level) return undefined;
  return `${room} [${layers[room].level}] may not import ${other} [${layers[other].level}]`;
}

function roomOf(file) {
  return file.split('/', 1)[0];
}

function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
