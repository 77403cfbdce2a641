import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repository } from '../repository.mjs';
import { collectNotices } from './notices.mjs';
import { leavesOutHeavyParts, slimDockerode } from './slim-dockerode.mjs';

/**
 * Bundles the command into one CommonJS file, `dist/cli/topsail.cjs`. A dynamic `import()` in the source becomes a module
 * that is evaluated when it is first asked for, so that `config` never runs the engine client or the terminal renderer. The
 * first line holds the hash that the launcher's code cache is keyed with; ASCII only, so that it may be read as latin1.
 * @param {string} entry the module that exports `main(argv)`
 * @param {string} folder where the bundle goes
 */
export async function buildCommand(entry, folder) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    // The launcher runs the bundle as a script, in which import() has no meaning: Node's own modules are required too.
    supported: { 'dynamic-import': false },
    charset: 'ascii',
    legalComments: 'none',
    minifyWhitespace: true,
    minifySyntax: true,
    mainFields: ['module', 'main'],
    plugins: [slimDockerode],
    logLevel: 'warning',
    absWorkingDir: repository,
  });
  if (!leavesOutHeavyParts(metafile.inputs)) throw new Error('the bundle holds ssh2, grpc, protobuf or tar-fs');
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild wrote no bundle');
  if (/\bimport\(/.test(bundle.text)) throw new Error('the bundle holds an import()');
  const hash = createHash('sha256').update(bundle.contents).digest('hex').slice(0, 32);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'topsail.cjs'), `//${hash}\n${bundle.text}`);
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  await writeFile(join(folder, 'THIRD_PARTY_NOTICES.txt'), await collectNotices(Object.keys(metafile.inputs)));
}
