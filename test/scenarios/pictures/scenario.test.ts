import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openScenario } from '../harness/scenario.ts';
import { xmlFault } from '../harness/well-formed.ts';

async function pictureFile(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-pictures-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

test('graph prints a tree, Mermaid and DOT, whatever the names are', async () => {
  const scenario = openScenario(import.meta.dirname);
  const tree = (await scenario.succeed('graph')).stdout;
  expect(tree).toMatch(/end \*[\s\S]*a\.b-c_d \* \(healthy\)/);
  expect(tree).toContain('critical path: a.b-c_d -> end');

  const mermaid = (await scenario.succeed('graph', '--format', 'mermaid')).stdout.trim().split('\n');
  expect(mermaid[0]).toMatch(/^(flowchart|graph) (LR|TD)$/);
  const ids = mermaid.flatMap((line) => /^ +(\w+)\["/.exec(line)?.[1] ?? []);
  expect(ids).toHaveLength(3);
  // `end` and `graph` are words of Mermaid, so no id may be one.
  expect(ids.filter((id) => /^(end|graph|subgraph|class)$/.test(id))).toEqual([]);
  for (const line of mermaid.slice(1))
    expect(line).toMatch(
      /^ {2}(\w+\["[^"]*"\]|\w+ \S+\|"[^"|]*"\| \w+|\w+ \S+ \w+|classDef .*|class [\w,]+ \w+|linkStyle .*)$/,
    );

  const dot = (await scenario.succeed('graph', '--format', 'dot')).stdout;
  expect(dot).toMatch(/^digraph "[^"]*" \{\n[\s\S]*\n\}\n$/);
  for (const line of dot.trim().split('\n').slice(1, -1))
    expect(line).toMatch(/^ {2}(rankdir=\w+|node \[[^\]]*\]|"[^"]+"( -> "[^"]+")?( \[[^\]]*\])?);$/);
  expect((await scenario.run('graph', '--format', 'png')).exitCode).toBe(1);
});

for (const check of ['0', '1'])
  test(`the timeline of ${check === '0' ? 'a good' : 'a failed'} start is one self-contained, well-formed picture`, async () => {
    const path = await pictureFile('timeline.svg');
    const scenario = openScenario(import.meta.dirname, { CHECK: check });
    expect((await scenario.run('up', '-d', `--timeline=${path}`)).exitCode).toBe(Number(check));
    const svg = await readFile(path, 'utf8');
    expect(xmlFault(svg)).toBeUndefined();
    expect(svg).toMatch(/^<svg /);
    expect(svg).toContain('a.b-c_d');
    expect(svg).not.toMatch(/<script|onerror=[^&]|href=|url\((?!#)|<image|@import/);
  });

test('as a page it is one file too, and as text it has a row a container', async () => {
  const path = await pictureFile('timeline.html');
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d', `--timeline=${path}`);
  const html = await readFile(path, 'utf8');
  expect(html).toMatch(/^<!doctype html>/i);
  expect(html).not.toMatch(/src=["']?http|href=["']?http|alert\(/);
  const again = openScenario(import.meta.dirname);
  const { stderr } = await again.succeed('up', '-d', '--timeline');
  expect(stderr).toMatch(/a\.b-c_d[\s\S]*end/);
  expect((await again.run('up', '-d', '--timeline=/somewhere/file.png')).exitCode).toBe(1);
});

test('version and doctor say what they have to', async () => {
  const scenario = openScenario(import.meta.dirname);
  expect((await scenario.succeed('version')).stdout).toMatch(
    /^Topsail version \d+\.\d+\.\d+, in place of Docker Compose version \d+\.\d+\.\d+\n$/,
  );
  expect(JSON.parse((await scenario.succeed('version', '--format', 'json')).stdout)).toMatchObject({
    version: expect.stringMatching(/^\d/),
  });
  const { stdout } = await scenario.succeed('doctor');
  for (const word of ['Engine', 'API version', 'cgroup', 'Storage driver']) expect(stdout).toContain(word);
});
