import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { needDockerCompose } from '../harness/docker-compose.ts';
import { readEngineState, stateDifferences } from '../harness/engine-state.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';
import { type Sample, samples, sampleText } from './samples.ts';

/** `TOPSAIL_DIFFER=all` compares all samples, a word those whose name has it; by default it is the quick ones. */
const wanted = process.env['TOPSAIL_DIFFER'];
const chosen = Object.entries(samples).filter(([name, { quick }]) =>
  wanted === undefined ? quick === true : wanted === 'all' || name.includes(wanted),
);

test.for(chosen)('%s: the engine holds what docker compose makes of it', async ([, sample], context) => {
  const { folder, text } = await projectFolder(sample);
  const scenario = openScenario(folder);
  const compose = await needDockerCompose(context, scenario);
  await (sample.create === true ? compose('create') : compose('up', '-d'));
  const theirs = await readEngineState(scenario.project, text);
  await compose('down', '-v', '-t', '0');
  await scenario.succeed('up', ...(sample.create === true ? ['--no-start'] : ['-d']));
  const ours = await readEngineState(scenario.project, text);
  const ids = await containerIds(scenario);
  expect(Object.keys(theirs.containers)).not.toEqual([]);
  const found = stateDifferences(theirs, ours).filter((line) => sample.differs?.test(line) !== true);
  expect(found).toEqual([]);
  await (sample.create === true ? compose('create') : compose('up', '-d'));
  expect(await containerIds(scenario)).toEqual(ids);
});

async function containerIds(scenario: Scenario): Promise<readonly string[]> {
  return (await scenario.containers()).map(({ Id }) => Id).toSorted();
}

async function projectFolder(sample: Sample): Promise<{ readonly folder: string; readonly text: string }> {
  const parent = await mkdtemp(join(tmpdir(), 'topsail-sample-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  const folder = join(parent, 'sample');
  await Promise.all(['here', 'ro'].map((name) => mkdir(join(folder, name), { recursive: true })));
  await writeFile(join(folder, 'one.env'), 'A=file\nZ=file\n');
  await writeFile(join(folder, 'profile.json'), '{ "defaultAction": "SCMP_ACT_ALLOW" }');
  const text = sampleText(sample);
  await writeFile(join(folder, 'compose.yaml'), text);
  return { folder, text };
}
