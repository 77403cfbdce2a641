import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { leanModules } from '../../../../scripts/build/lean-modules.mjs';

test('what a bundle imports by name from a module that is loaded late is there', async () => {
  const contents = `import { execFile } from 'node:child_process';
    import { readFile } from 'node:fs/promises';
    import { promisify } from 'node:util';
    export const imported = [typeof execFile, typeof readFile, typeof promisify(execFile)];`;
  const { outputFiles } = await build({
    stdin: { contents, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [leanModules],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
  });
  const code = outputFiles[0]?.text ?? '';
  const bundle = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  expect(bundle).toMatchObject({ imported: ['function', 'function', 'function'] });
});
