import { rmSync } from 'node:fs';
import path from 'node:path';

import { type Claim, claim } from './claim.ts';
import { openLibraryDown, rawForcedRemovals } from './disposable.ts';
import { largeContext } from './large-context.ts';
import { type Contender, type Figures, interleave, type Run, run } from './measure.ts';
import { type BenchProject, healthyChain, independentServices, largeFile, stubbornServices } from './projects.ts';
import { openRawEngine, rawDown, rawUp } from './raw-engine.ts';
import { openTwoServices } from './two-services.ts';

const launcher = path.resolve('bin/topsail.js');
const rounds = Number(process.env['TOPSAIL_BENCH_ROUNDS'] ?? '9');
const image = process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest';
const raw = openRawEngine();

type Tool = (project: BenchProject, ...words: readonly string[]) => Promise<Run>;

const topsail: Tool = (project, ...words) =>
  run({ name: 'topsail', argv: [process.execPath, launcher, '-p', project.name, ...words], cwd: project.folder });
const compose: Tool = (project, ...words) =>
  run({ name: 'docker compose', argv: ['docker', 'compose', '-p', project.name, ...words], cwd: project.folder });

const nothing = async (): Promise<void> => undefined;

function contender(
  name: string,
  step: () => Promise<Run>,
  before: () => Promise<unknown> = nothing,
  after: () => Promise<unknown> = nothing,
): Contender {
  return { name, step, before: async () => void (await before()), after: async () => void (await after()) };
}

const tools: readonly (readonly [string, Tool])[] = [
  ['topsail', topsail],
  ['docker compose', compose],
];

/** A cold `up -d`, from nothing to everything started, with the raw calls beside it. */
async function coldUp(title: string, project: BenchProject, limit: number, count: number): Promise<Claim> {
  const sides = tools.map(([name, tool]) =>
    contender(
      name,
      () => tool(project, 'up', '-d'),
      nothing,
      () => tool(project, 'down', '-t', '0'),
    ),
  );
  const floor = contender(
    'raw engine calls',
    () => rawUp(raw, project.name, project.services, image),
    nothing,
    () => rawDown(raw, project.name, project.services),
  );
  return claim(title, limit, await interleave([...sides, floor], count));
}

/** A command on a project that is up already. */
async function whileUp(
  title: string,
  project: BenchProject,
  limit: number,
  words: readonly string[],
  count: number,
): Promise<Claim> {
  await topsail(project, 'up', '-d', '--wait');
  try {
    return claim(
      title,
      limit,
      await interleave(
        tools.map(([name, tool]) => contender(name, () => tool(project, ...words))),
        count,
      ),
    );
  } finally {
    await topsail(project, 'down', '-t', '0');
  }
}

/** Bringing a project down that the same tool brought up. */
async function down(title: string, project: BenchProject, limit: number, count: number): Promise<Claim> {
  const sides = tools.map(([name, tool]) =>
    contender(
      name,
      () => tool(project, 'down'),
      () => tool(project, 'up', '-d'),
    ),
  );
  return claim(title, limit, await interleave(sides, count));
}

/** A disposable stack of services that ignore SIGTERM goes by kill, as fast as the engine removes it. */
async function disposableDown(title: string, project: BenchProject, limit: number, count: number): Promise<Claim> {
  const library = await openLibraryDown();
  const up = (): Promise<Run> => topsail(project, 'up', '-d');
  try {
    const sides = [
      contender('topsail', () => library.down(project), up),
      contender('forced removals', () => rawForcedRemovals(raw, project), up),
    ];
    return claim(title, limit, await interleave(sides, count));
  } finally {
    await library.close();
  }
}

/** A stack for one test, up until it is ready and down again: beside Testcontainers and beside the commands. */
async function oneTest(title: string, count: number): Promise<readonly Claim[]> {
  const two = await openTwoServices(raw);
  if (typeof two === 'string') {
    process.stdout.write(`not measured: ${title}: ${two}\n`);
    return [];
  }
  const { project } = two;
  const commands = async (): Promise<Run> => {
    const { milliseconds, ...up } = await compose(project, 'up', '-d', '--wait');
    return { ...up, milliseconds: milliseconds + (await compose(project, 'down')).milliseconds };
  };
  try {
    const [ours, theirs, typed] = await interleave(
      [
        contender('topsail/testing', two.topsail),
        contender('Testcontainers', two.testcontainers),
        contender('docker compose', commands),
      ],
      count,
    );
    if (ours === undefined || theirs === undefined || typed === undefined) return [];
    return [
      claim(`${title}, beside Testcontainers`, 1 / 3, [ours, theirs]),
      claim(`${title}, beside docker compose up --wait and down`, 0.6, [ours, typed]),
    ];
  } finally {
    rmSync(path.dirname(project.folder), { recursive: true, force: true });
  }
}

/** What is measured under a title; the first word of the command line chooses those whose titles have it. */
type Measure = readonly [title: string, measure: (title: string) => Promise<Claim | readonly Claim[]>];

async function main(): Promise<number> {
  const one = independentServices(1);
  const fifty = independentServices(50);
  const chain = healthyChain(10);
  const file = largeFile(500);
  const stubborn = stubbornServices(20);
  const projects = [one, fifty, chain, file, stubborn];
  const few = Math.max(3, Math.floor(rounds / 3));
  const configs = (project: BenchProject): Promise<readonly Figures[]> =>
    interleave(
      tools.map(([name, tool]) => contender(name, () => tool(project, 'config', '-q'))),
      rounds,
    );
  const measures: readonly Measure[] = [
    ['a stack of two services for one test', (title) => oneTest(title, rounds)],
    ['up of a chain of 10 with checks every second', (title) => coldUp(title, chain, 0.5, few)],
    ['up of that chain when it is up already', (title) => whileUp(title, chain, 0.1, ['up', '-d'], rounds)],
    ['up of 50 independent services', (title) => coldUp(title, fifty, 1.1, few)],
    ['up of 50 services that are up already', (title) => whileUp(title, fifty, 0.9, ['up', '-d'], rounds)],
    ['ps of 50 services', (title) => whileUp(title, fifty, 0.9, ['ps'], rounds)],
    ['up of one service that is up already', (title) => whileUp(title, one, 1.3, ['up', '-d'], rounds)],
    ['ps of one service', (title) => whileUp(title, one, 1.3, ['ps'], rounds)],
    ['down of a chain of 10', (title) => down(title, chain, 0.95, few)],
    ['disposable down of 20 services that ignore SIGTERM', (title) => disposableDown(title, stubborn, 1.1, rounds)],
    ['config -q of one service', async (title) => claim(title, 1.2, await configs(one))],
    ['config -q of 500 services', async (title) => claim(title, 1, await configs(file))],
    ['build with a context of 20,000 files and 2 GB', (title) => largeContext(title, raw, launcher, few)],
  ];
  try {
    const claims: Claim[] = [];
    for (const [title, measure] of measures) {
      if (title.includes(process.argv[2] ?? '')) claims.push(...[await measure(title)].flat());
    }
    const broken = claims.filter(({ ratio, limit }) => !(ratio <= limit));
    process.stdout.write(`${claims.length - broken.length} of ${claims.length} claims kept\n`);
    return broken.length === 0 ? 0 : 1;
  } finally {
    raw.close();
    for (const project of projects) rmSync(path.dirname(project.folder), { recursive: true, force: true });
  }
}

process.exitCode = await main();
