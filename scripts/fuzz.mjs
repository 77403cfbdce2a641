#!/usr/bin/env node
// Loads mutated compose files and counts the answers: a project, or diagnostics; never a crash, a hang or an error from
// inside. Usage: node scripts/fuzz.mjs [--count 20000] [--seed 1] [--limit SECONDS] [--only NUMBER]
// Input NUMBER is always the same for the same files; a run tries the numbers from SEED * 1000000 on.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { repository } from './repository.mjs';

const bundle = join(repository, 'dist/fuzz/try-input.mjs');

if (isMainThread) process.exitCode = await superviseRun();
else await work();

async function superviseRun() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      limit: { type: 'string', default: '5' },
      only: { type: 'string' },
    },
  });
  await bundleDriver();
  const only = values.only === undefined ? undefined : Number(values.only);
  const first = only ?? Number(values.seed) * 1_000_000;
  const end = only === undefined ? first + Number(values.count) : first + 1;
  const counts = { loaded: 0, refused: 0 };
  const failures = [];
  let slowest = { number: first, milliseconds: 0 };
  const started = Date.now();
  for (let number = first; number < end; ) {
    const { stoppedAt, problem } = await runWorker(number, end, Number(values.limit) * 1000, (outcome) => {
      if (outcome.milliseconds > slowest.milliseconds) slowest = outcome;
      if (outcome.problem === undefined) counts[outcome.answer] += 1;
      else failures.push(outcome);
    });
    if (problem !== undefined) failures.push({ number: stoppedAt, problem });
    number = stoppedAt + 1;
  }
  for (const failure of failures.slice(0, 20)) report(failure);
  const seconds = (Date.now() - started) / 1000;
  process.stdout.write(
    `${end - first} inputs in ${seconds.toFixed(1)} s: ${counts.loaded} loaded, ${counts.refused} refused, ` +
      `${failures.length} broken; the slowest, ${slowest.number}, took ${Math.round(slowest.milliseconds)} ms\n`,
  );
  return failures.length === 0 ? 0 : 1;
}

async function bundleDriver() {
  const { build } = await import('esbuild');
  await build({
    stdin: {
      contents: "export * from './test/fuzz/try-input.ts'; export * from './test/fuzz/seeds.ts';",
      resolveDir: repository,
    },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}

/** A thread tries inputs until the end, a crash, or one that takes too long: no thread can stop itself in a loop. */
function runWorker(first, end, limitMilliseconds, onOutcome) {
  return new Promise((resolve) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { first, end },
      execArgv: ['--enable-source-maps'],
    });
    let current = first;
    let since = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - since < limitMilliseconds) return;
      finish({ stoppedAt: current, problem: `no answer within ${limitMilliseconds} ms` });
      worker.terminate().catch(() => {});
    }, 100);
    const finish = (result) => {
      clearInterval(watch);
      resolve(result);
    };
    worker.on('message', (outcome) => {
      onOutcome(outcome);
      current = outcome.number + 1;
      since = Date.now();
    });
    worker.on('error', (error) => finish({ stoppedAt: current, problem: `the thread ended: ${error.stack ?? error}` }));
    worker.on('exit', () => finish({ stoppedAt: current }));
  });
}

async function work() {
  const { makeInput, readSeeds, tryInput } = await import(bundle);
  const seeds = readSeeds(repository);
  for (let number = workerData.first; number < workerData.end; number += 1) {
    const input = makeInput(seeds, number);
    const started = performance.now();
    const outcome = await tryInput(input);
    const files = outcome.problem === undefined ? undefined : input.files;
    parentPort.postMessage({ number, id: input.id, ...outcome, files, milliseconds: performance.now() - started });
  }
}

/** Shows a failure; the files it takes are written below test-artefacts/fuzz. */
function report({ number, id = '', problem, files = {} }) {
  const folder = join(repository, 'test-artefacts/fuzz', String(number));
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, content);
  }
  process.stdout.write(`--only ${number} ${id}\n  ${problem.split('\n').slice(0, 12).join('\n  ')}\n`);
}
