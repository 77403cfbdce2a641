import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadCompose } from '../../fakes/load-compose.ts';

const names = ['compose.yaml', 'override.yaml', 'later.yaml'] as const;
const textOf = (name: string): string => readFileSync(new URL(`./forty-mistakes/${name}`, import.meta.url), 'utf8');

/** The comments of the files tell each mistake: `file:line:column code`. */
function seededMistakes(name: string): readonly string[] {
  return textOf(name)
    .split('\n')
    .flatMap((line, index) => {
      const [, column, code] = /# (\d+) ([a-z-]+)$/.exec(line) ?? [];
      return column === undefined || code === undefined ? [] : [`${name}:${String(index + 1)}:${column} ${code}`];
    });
}

it('forty mistakes in three merged files are all told in one run, each at its place, in the order of the files', async () => {
  const files = Object.fromEntries([...names, 'broken.env'].map((name) => [name, textOf(name)]));
  const { project, diagnostics } = await loadCompose(files, { request: { files: names } });
  const told = diagnostics.map(
    ({ code, range }) =>
      `${range?.file.replace('/code/proj/', '') ?? ''}:${String(range?.start.line)}:${String(range?.start.column)} ${code}`,
  );
  const seeded = [...names, 'broken.env'].flatMap(seededMistakes);
  expect(seeded.length).toBeGreaterThanOrEqual(40);
  expect(told).toEqual(seeded);
  expect(project).toBeUndefined();
});
