import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';
import { repository } from '../repository.mjs';
import { leanModules } from './lean-modules.mjs';
import { collectNotices } from './notices.mjs';
import { leavesOutHeavyParts, slimDockerode } from './slim-dockerode.mjs';
import { slimJsYaml } from './slim-js-yaml.mjs';

const shared = { platform: 'node', target: 'node20.19', charset: 'ascii', legalComments: 'none' };
const small = { minifyWhitespace: true, minifySyntax: true };

/**
 * Bundles the command into CommonJS files: `dist/cli/topsail.cjs`, and beside it what a dynamic `import()` in the source asks for,
 * so that `config` never reads the engine client or the terminal renderer. The first line of `topsail.cjs` holds the hash of all
 * of them, which the launcher's code cache is keyed with; ASCII only, so that they may be read as latin1.
 * @param {string} entry the module that exports `main(argv)`
 * @param {string} folder where the files go
 */
export async function buildCommand(entry, folder) {
  const { outputFiles, metafile } = await build({
    ...shared,
    ...small,
    entryPoints: { topsail: entry },
    outdir: folder,
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    mainFields: ['module', 'main'],
    plugins: [slimDockerode, slimJsYaml, leanModules],
    logLevel: 'warning',
    absWorkingDir: repository,
  });
  if (!leavesOutHeavyParts(metafile.inputs)) throw new Error('the bundle holds ssh2, grpc, protobuf or tar-fs');
  const files = await Promise.all(outputFiles.map(toCommonJs));
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 32);
  await mkdir(folder, { recursive: true });
  for (const { name, code } of files) {
    if (name === 'topsail.js') await writeFile(join(folder, 'topsail.cjs'), `//${hash}\n${code}`);
    else await writeFile(join(folder, name), code);
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  await writeFile(join(folder, 'THIRD_PARTY_NOTICES.txt'), await collectNotices(Object.keys(metafile.inputs)));
}

/** esbuild splits ES modules only, which cost more to start and cannot be cached. */
async function toCommonJs({ path, text }) {
  const supported = { 'dynamic-import': false };
  const { code } = await transform(text, { ...shared, ...small, format: 'cjs', supported });
  return { name: basename(path), code };
}
