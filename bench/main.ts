import { type Case, openCases } from './cases.ts';
import { openRawEngine, type RawEngine } from './raw-engine.ts';
import { writeReport } from './report.ts';
import { judge, type Result, resultText } from './verdict.ts';

const rounds = Number(process.env['TOPSAIL_BENCH_ROUNDS'] ?? '9');

/** `npm run bench -- [--list] [--write] [NAME...]`: all cases, or those of these names; `ps` is every `ps-...`. */
async function main(words: readonly string[]): Promise<number> {
  const chosen = words.filter((word) => !word.startsWith('--'));
  const raw = openRawEngine();
  const cases = openCases(raw, rounds);
  const names = cases.list.map(({ name }) => name);
  const asked = cases.list.filter(
    ({ name }) => chosen.length === 0 || chosen.some((word) => `${name}-`.startsWith(`${word}-`)),
  );
  try {
    if (words.includes('--list')) {
      for (const { name, title } of cases.list) process.stdout.write(`${name.padEnd(20)} ${title}\n`);
      return 0;
    }
    const results: Result[] = [];
    for (const one of asked) results.push(...(await measure(one)));
    if (words.includes('--write')) writeReport(results, names, await engineWords(raw));
    const kept = results.filter(({ verdicts }) => verdicts.every((verdict) => verdict.kept));
    process.stdout.write(`${kept.length} of ${results.length} cases keep their limits\n`);
    return kept.length === results.length && results.length > 0 ? 0 : 1;
  } finally {
    await cases.close();
    raw.close();
  }
}

async function measure({ name, title, limits, measure: figuresOf }: Case): Promise<readonly Result[]> {
  const figures = await figuresOf();
  if (typeof figures === 'string') {
    process.stdout.write(`not measured: ${name}: ${figures}\n`);
    return [];
  }
  const result = { name, title, figures, verdicts: judge(figures, limits) };
  process.stdout.write(resultText(result));
  return [result];
}

async function engineWords(raw: RawEngine): Promise<string> {
  const version = (await raw.call('GET', '/version')) as { readonly Version?: string };
  return `Docker Engine ${version.Version ?? 'of unknown version'}`;
}

process.exitCode = await main(process.argv.slice(2));
