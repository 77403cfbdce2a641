import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/main.ts';
import { RecordedHost } from './recorded-host.ts';

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-types-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

test('types are written beside the file, to a file that is named, or to standard output', async () => {
  const workingDirectory = await folderOf({
    'compose.yaml': 'services: {web: {image: web, ports: ["80"]}, rare: {image: rare, profiles: [rare]}}',
    'more.yaml': 'services: {web: {ports: ["81"]}}',
  });
  const run = async (...words: readonly string[]) => {
    const host = new RecordedHost({ directory: workingDirectory });
    return { exitCode: await runCommandLine(['types', ...words], host), stdout: host.stdout.text };
  };
  expect(await run()).toEqual({ exitCode: 0, stdout: 'compose.yaml.d.ts\n' });
  const text = await readFile(join(workingDirectory, 'compose.yaml.d.ts'), 'utf8');
  expect(text).toContain('readonly "rare": number;');
  expect(await run('--output', '-')).toEqual({ exitCode: 0, stdout: text });
  expect(await run('-o', 'shop.d.ts', 'compose.yaml', 'more.yaml')).toEqual({ exitCode: 0, stdout: 'shop.d.ts\n' });
  expect(await readFile(join(workingDirectory, 'shop.d.ts'), 'utf8')).toContain('readonly "web": 80 | 81;');
});
