import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../repository.mjs';

/**
 * The licence texts of every package that went into a bundle.
 * @param {readonly string[]} inputs paths as esbuild's metafile names them
 * @returns {Promise<string>}
 */
export async function collectNotices(inputs) {
  const folders = new Set(
    inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean),
  );
  const notices = [];
  for (const folder of [...folders].sort()) notices.push(await readNotice(join(repository, folder)));
  return `The topsail command contains these packages.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

async function readNotice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const names = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(names.map((file) => readFile(join(folder, file), 'utf8')));
  return `${name} ${version} (${license ?? 'licence in its text'})\n\n${texts.join('\n').trim()}\n`;
}
