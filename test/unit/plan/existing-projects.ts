import type { PlanResult } from '../../../src/plan/plan.ts';
import { renderPlan } from '../../../src/plan/render-plan.ts';
import { type Laboratory, laboratory, type ProjectSketch } from './plan-laboratory.ts';

/** web (2) depends on api, which restarts with db and waits for its health; job stands alone. */
export const shop: ProjectSketch = {
  services: {
    db: { healthcheck: { test: ['CMD', 'true'] } },
    api: { depends_on: { db: { condition: 'service_healthy', required: true, restart: true } } },
    web: { scale: 2, depends_on: { api: { condition: 'service_started', required: true } } },
    job: {},
  },
};

/** The project, started. */
export async function running(project: ProjectSketch = shop): Promise<Laboratory> {
  const lab = laboratory();
  await lab.up(project);
  lab.engine.control.forgetCalls();
  return lab;
}

/** The steps of a plan, and what it says beside them. */
export function textOf({ plan }: PlanResult): readonly string[] {
  return renderPlan(plan).trimEnd().split('\n');
}
