import type { Clock } from '../../../src/engine/clock.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import type { MemoryEngineOptions } from '../../../src/memory-engine/memory-options.ts';
import { observeProject } from '../../../src/observe/observe-project.ts';
import type { PlanResult } from '../../../src/plan/plan.ts';
import { type DownPolicy, planDown } from '../../../src/plan/plan-down.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { renderPlan } from '../../../src/plan/render-plan.ts';
import type { UpPolicy } from '../../../src/plan/up-policy.ts';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import type { DesiredState } from '../../../src/state/desired-state.ts';
import type { ObservedState } from '../../../src/state/observed-state.ts';
import { projectOf } from '../state/project-of.ts';
import { applyPlan } from './apply-plan.ts';

/** A project as a test sketches it. */
export type ProjectSketch = Parameters<typeof projectOf>[0];

const clock: Clock = {
  now: () => Date.parse('2024-06-01T00:00:00Z'),
  sleep: () => Promise.reject(new Error('planning does not sleep')),
};

/** An in-process engine with a project on it, planned and carried out step by step. */
export interface Laboratory {
  readonly engine: MemoryEngine;
  observe(project: ProjectSketch): Promise<ObservedState>;
  plan(project: ProjectSketch, policy?: UpPolicy): Promise<PlanResult>;
  /** The plan's text without its last line break. */
  text(project: ProjectSketch, policy?: UpPolicy): Promise<string>;
  up(project: ProjectSketch, policy?: UpPolicy, answers?: readonly string[]): Promise<PlanResult>;
  down(project: ProjectSketch | undefined, policy?: DownPolicy): Promise<PlanResult>;
  names(): Promise<readonly string[]>;
}

/** The desired state of a sketch. */
export function desire(project: ProjectSketch): DesiredState {
  return desiredState(projectOf(project), { toolVersion: '0.1.0' });
}

/** Sets up an engine that has `busybox`. */
export function laboratory(options: MemoryEngineOptions = { images: ['busybox'] }): Laboratory {
  const engine = createMemoryEngine(options);
  const plan = async (project: ProjectSketch, policy?: UpPolicy): Promise<PlanResult> => {
    const desired = desire(project);
    return planUp(desired, await observeProject(engine, desired, clock), policy);
  };
  return {
    engine,
    observe: (project) => observeProject(engine, desire(project), clock),
    plan,
    text: async (project, policy) => {
      const result = await plan(project, policy);
      return [...result.diagnostics.map(({ message }) => `error: ${message}`), renderPlan(result.plan).trimEnd()].join(
        '\n',
      );
    },
    up: async (project, policy, answers = []) => {
      const result = await plan(project, policy);
      await applyPlan(engine, result.plan, new Set(answers));
      return result;
    },
    down: async (project, policy) => {
      const desired = project === undefined ? undefined : desire(project);
      const observed = await observeProject(engine, desired ?? { ...desire({ services: {} }) }, clock);
      const result = planDown(desired, observed, policy);
      await applyPlan(engine, result.plan);
      return result;
    },
    names: async () =>
      (await engine.containers.list({ all: true })).map(({ Names: [name = ''] }) => name.slice(1)).toSorted(),
  };
}
