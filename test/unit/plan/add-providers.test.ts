import { expect, test } from 'vitest';
import { planToJson } from '../../../src/plan/plan-to-json.ts';
import { laboratory, type ProjectSketch } from './plan-laboratory.ts';

const dependsOn = (service: string) => ({
  depends_on: { [service]: { condition: 'service_started', required: true } } as const,
});

const project: ProjectSketch = {
  services: {
    db: { provider: { type: 'cloud', options: { size: ['1'] } }, networks: {} },
    app: { environment: { SECRET: 'x' }, ...dependsOn('db') },
    web: {},
  },
  origin: { environment: { TOKEN: 'secret' } },
};

test('a provided service has no container; what depends on it is made after its provider has run', async () => {
  const text = await laboratory().text(project);
  expect(text).toContain('provide service:db (provided by cloud)');
  expect(text).toMatch(/create container:app:1 \(not created yet\) after .*provide service:db/);
  expect(text).toMatch(/start container:app:1 \(created\) after create container:app:1, provide service:db/);
  expect(text).not.toContain('container:db');
});

test('an existing container is replaced only if the provider gives it other variables', async () => {
  const lab = laboratory();
  await lab.up(project);
  const text = await lab.text(project);
  expect(text).toContain('recreate container:app:1 if its variables change (db provides other variables)');
  expect(text).not.toContain('container:web');
  expect(await lab.text(project, { recreate: 'never' })).toBe('provide service:db (provided by cloud)');
});

test('only providers that targets need are run', async () => {
  const lab = laboratory();
  expect(await lab.text(project, { targets: ['web'] })).not.toContain('provide');
  expect(await lab.text(project, { targets: ['app'] })).toContain('provide service:db');
  expect(await lab.text(project, { targets: ['app'], withoutDependencies: true })).not.toContain('provide');
  expect(await lab.text(project, { targets: ['db'] })).toBe('provide service:db (provided by cloud)');
});

test('down withdraws a service after the containers that depend on it are gone', async () => {
  const lab = laboratory();
  await lab.up(project);
  const { plan } = await lab.down(project);
  expect(plan.nodes.find(({ id }) => id === 'withdraw service:db')?.needs).toEqual(['remove container:app:1']);
});

test('neither the environment of a provider nor variables of containers are printed', async () => {
  const lab = laboratory();
  await lab.up(project);
  const { plan } = await lab.plan(project);
  expect(JSON.stringify(planToJson(plan))).not.toMatch(/"secret"|"x"/);
});
