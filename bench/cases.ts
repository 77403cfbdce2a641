import { rmSync } from 'node:fs';
import path from 'node:path';

import { openLibraryDown, rawForcedRemovals } from './disposable.ts';
import { type Contender, type Figures, interleave, type Run } from './measure.ts';
import {
  type BenchProject,
  healthyChain,
  independentServices,
  largeFile,
  longFile,
  manyReplicas,
  stubbornServices,
  talker,
} from './projects.ts';
import { createIdle, type RawEngine, rawDown, rawUp, removeContainers } from './raw-engine.ts';
import { contenders, dockerCompose, dockerComposePlugin, type NamedTool, topsail } from './tools.ts';
import { openTwoServices } from './two-services.ts';
import type { Limits } from './verdict.ts';

/** What is measured under a name. */
export interface Case {
  readonly name: string;
  readonly title: string;
  readonly limits: Limits;
  /** Figures, ours first; a reason why it cannot be measured here. */
  readonly measure: () => Promise<readonly Figures[] | string>;
}

/** All cases, and what they leave behind until {@link close} is called. */
export interface Cases {
  readonly list: readonly Case[];
  readonly close: () => Promise<void>;
}

const image = process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest';

/** Keeps one project up for the cases that follow each other on it. */
function openStage(): { readonly show: (project: BenchProject | undefined) => Promise<void> } {
  let current: BenchProject | undefined;
  return {
    show: async (project) => {
      if (current === project) return;
      if (current !== undefined) await topsail.tool(current, 'down', '-t', '0');
      current = project;
      if (project !== undefined) await topsail.tool(project, 'up', '-d', '--wait');
    },
  };
}

/** The cases in the order in which they share what is up. `rounds` is how often each side of a quick one runs. */
export function openCases(raw: RawEngine, rounds: number): Cases {
  const one = independentServices(1);
  const fifty = independentServices(50);
  const many = independentServices(150);
  const chain = healthyChain(10);
  const stubborn = stubbornServices(20);
  const projects = [one, fifty, many, chain, stubborn];
  const few = Math.max(3, Math.floor(rounds / 3));
  const stage = openStage();
  const both = [topsail, dockerCompose];
  const plugin = dockerComposePlugin();
  const all: readonly NamedTool[] = plugin === undefined ? both : [...both, plugin];

  const whileUp = (
    name: string,
    title: string,
    project: BenchProject,
    words: readonly string[],
    time: number,
  ): Case => ({
    name,
    title,
    limits: { time, memory: 1.5 },
    measure: async () => {
      await stage.show(project);
      return warmed(contenders(project === chain ? both : all, project, words), rounds);
    },
  });
  const coldUp = (
    name: string,
    title: string,
    project: BenchProject,
    tools: readonly NamedTool[],
    limits: Limits,
  ): Case => ({
    name,
    title,
    limits,
    measure: async () => {
      await stage.show(undefined);
      const after = (): Promise<unknown> => topsail.tool(project, 'down', '-t', '0');
      const floor: Contender = {
        name: 'raw calls',
        step: () => rawUp(raw, project.name, project.services, image),
        after: () => rawDown(raw, project.name, project.services),
      };
      const sides = contenders(tools, project, ['up', '-d'], { after });
      return interleave(project === chain ? sides : [...sides, floor], few);
    },
  });
  const config = (name: string, title: string, project: BenchProject, time: number): Case => {
    projects.push(project);
    return {
      name,
      title,
      limits: { time, memory: 1.5 },
      measure: () => warmed(contenders(all, project, ['config', '-q']), rounds),
    };
  };

  const list: readonly Case[] = [
    config('config-1', '`config -q` of one service', one, 1.2),
    config('config-500', '`config -q` of 500 services', largeFile(500), 1),
    config('config-5000-lines', '`config -q` of 5,000 lines', longFile(), 1),
    whileUp('ps-1', '`ps` of one service', one, ['ps'], 1.3),
    whileUp('up-1', '`up -d` of one service that is up', one, ['up', '-d'], 1.3),
    whileUp('ps-50', '`ps` of 50 services', fifty, ['ps'], 0.9),
    whileUp('up-50', '`up -d` of 50 services that are up', fifty, ['up', '-d'], 0.9),
    whileUp('ps-150', '`ps` of 150 services', many, ['ps'], 0.9),
    whileUp('up-150', '`up -d` of 150 services that are up', many, ['up', '-d'], 0.9),
    coldUp('cold-50', '`up -d` of 50 services from nothing', fifty, both, { time: 1.1, beside: 'raw calls' }),
    coldUp('cold-150', '`up -d` of 150 services from nothing', many, [topsail], { time: 1.1, beside: 'raw calls' }),
    coldUp('cold-chain', '`up -d` of a chain of 10 with checks every second', chain, both, { time: 0.5, memory: 1.5 }),
    whileUp('up-chain', '`up -d` of that chain when it is up', chain, ['up', '-d'], 0.05),
    {
      name: 'down-chain',
      title: '`down` of that chain',
      limits: { time: 0.95, memory: 1.5 },
      measure: async () => {
        await stage.show(undefined);
        const before = (): Promise<unknown> => topsail.tool(chain, 'up', '-d', '--wait');
        return interleave(contenders(both, chain, ['down'], { before }), few);
      },
    },
    ofThousand(raw, projects, both, few),
    ofLogs(projects, both, few),
    ofDisposable(raw, stubborn, few),
    {
      name: 'one-test',
      title: 'two services up for one test, ready, and down again',
      limits: { time: 1 / 3, beside: 'Testcontainers' },
      measure: () => oneTest(raw, rounds),
    },
  ];
  return {
    list,
    close: async () => {
      await stage.show(undefined);
      for (const project of projects) rmSync(path.dirname(project.folder), { recursive: true, force: true });
    },
  };
}

/** Quick commands are measured as they are every day: the first two runs after a build fill the code cache. */
async function warmed(sides: readonly Contender[], rounds: number): Promise<readonly Figures[]> {
  await interleave(sides, 2);
  return interleave(sides, rounds);
}

/** Containers that are only listed need not run. */
function ofThousand(raw: RawEngine, projects: BenchProject[], tools: readonly NamedTool[], rounds: number): Case {
  const project = manyReplicas();
  projects.push(project);
  return {
    name: 'ps-1000',
    title: '`ps -a` of 1,000 containers',
    limits: { milliseconds: 1000, memory: 1.5 },
    measure: async () => {
      try {
        await createIdle(raw, project.name, 1000, image);
        return await warmed(contenders(tools, project, ['ps', '-a']), rounds);
      } finally {
        await removeContainers(raw, project.name);
      }
    },
  };
}

function ofLogs(projects: BenchProject[], tools: readonly NamedTool[], rounds: number): Case {
  const project = talker(200_000);
  projects.push(project);
  return {
    name: 'logs',
    title: '`logs` of 200,000 lines',
    limits: { memory: 1.5 },
    measure: async () => {
      try {
        await topsail.tool(project, 'up', '-d');
        await topsail.tool(project, 'wait', 'talker');
        return await warmed(contenders(tools, project, ['logs']), rounds);
      } finally {
        await topsail.tool(project, 'down');
      }
    },
  };
}

/** A disposable stack of services that ignore SIGTERM goes by kill, as fast as the engine removes it. */
function ofDisposable(raw: RawEngine, project: BenchProject, rounds: number): Case {
  return {
    name: 'down-disposable',
    title: 'disposable `down` of 20 services that ignore SIGTERM',
    limits: { time: 1.1, beside: 'forced removals' },
    measure: async () => {
      const library = await openLibraryDown();
      const before = (): Promise<unknown> => topsail.tool(project, 'up', '-d');
      try {
        return await interleave(
          [
            { name: 'topsail', step: () => library.down(project), before },
            { name: 'forced removals', step: () => rawForcedRemovals(raw, project), before },
          ],
          rounds,
        );
      } finally {
        await library.close();
      }
    },
  };
}

/** A stack for one test, up until it is ready and down again: beside Testcontainers and beside the commands. */
async function oneTest(raw: RawEngine, rounds: number): Promise<readonly Figures[] | string> {
  const two = await openTwoServices(raw);
  if (typeof two === 'string') return two;
  const { project } = two;
  const commands = async (): Promise<Run> => {
    const up = await dockerCompose.tool(project, 'up', '-d', '--wait');
    const down = await dockerCompose.tool(project, 'down');
    return {
      milliseconds: up.milliseconds + down.milliseconds,
      peakBytes: 0,
      processorMilliseconds: up.processorMilliseconds + down.processorMilliseconds,
    };
  };
  try {
    return await interleave(
      [
        { name: 'topsail', step: two.topsail },
        { name: 'Testcontainers', step: two.testcontainers },
        { name: 'docker compose', step: commands },
      ],
      rounds,
    );
  } finally {
    rmSync(path.dirname(project.folder), { recursive: true, force: true });
  }
}
