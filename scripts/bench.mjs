// Runs the benches: bundles bench/main.ts, then measures the built command against the rival and the raw engine calls.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const environment = { ...process.env };
// Node 20 parses this variable's file at every start, which would be measured as ours.
delete environment.NODE_EXTRA_CA_CERTS;

const output = path.join(root, 'dist', 'bench', 'main.mjs');
mkdirSync(path.dirname(output), { recursive: true });
const { build } = await import('esbuild');
await build({
  entryPoints: [path.join(root, 'bench', 'main.ts')],
  outfile: output,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
});
const { status } = spawnSync(process.execPath, [output, ...process.argv.slice(2)], {
  cwd: root,
  env: environment,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
