import { expect, test } from 'vitest';
import { planToJson } from '../../../src/plan/plan-to-json.ts';
import { isEmptyPlan } from '../../../src/plan/plan-work.ts';
import { renderPlan } from '../../../src/plan/render-plan.ts';
import { laboratory, type ProjectSketch } from './plan-laboratory.ts';

const before: ProjectSketch = { services: { web: { environment: { TOKEN: 'first-secret' } } } };
const after: ProjectSketch = {
  services: { web: { environment: { TOKEN: 'second-secret', PLAIN: null }, secrets: [{ source: 'key' }] } },
  secrets: { key: { environment: 'KEY' } },
  origin: { environment: { KEY: 'third-secret' } },
};

test('values of the environment and of copied files are shown only when asked for', async () => {
  const lab = laboratory();
  await lab.up(before);
  const { plan } = await lab.plan(after);
  expect(renderPlan(plan)).toContain('environment.TOKEN: *** -> ***');
  expect(renderPlan(plan, { showValues: true })).toContain('environment.TOKEN: first-secret -> second-secret');
  const masked = JSON.stringify(planToJson(plan));
  expect(masked).not.toMatch(/first-secret|second-secret|third-secret/);
  expect(masked).toContain('"TOKEN=***"');
  expect(masked).toContain('"PLAIN"');
  expect(JSON.stringify(planToJson(plan, { showValues: true }))).toMatch(/second-secret.*third-secret/);
});

test('the JSON form holds the plan, with its version', async () => {
  const { plan } = await laboratory().plan(before);
  const json = planToJson(plan, { showValues: true });
  expect(json).toMatchObject({ version: 1, project: 'shop', confirmations: [] });
  expect(json.nodes).toEqual(plan.nodes);
});

test('a plan without steps says that there is nothing to do', async () => {
  const { plan } = await laboratory().plan({ services: {} });
  expect(isEmptyPlan(plan)).toBe(true);
  expect(renderPlan(plan)).toBe('nothing to do\n');
});
