import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readEngine } from '../harness/engine-api.ts';
import { failureReport } from '../harness/failure-report.ts';
import { makeForeignContainer } from '../harness/foreign-container.ts';
import { openScenario } from '../harness/scenario.ts';

const uniqueName = (): string => `web-${randomBytes(4).toString('hex')}`;

test('a name that a foreign container has is refused, and that container is left alone, by down too', async () => {
  const name = uniqueName();
  const id = await makeForeignContainer(name, { Cmd: ['true'] });
  const scenario = openScenario(import.meta.dirname, { WEB_NAME: name });
  const { first } = failureReport(await scenario.run('up', '-d'));
  expect(first).toContain('"web"');
  expect(first).toContain(name);
  expect(first).toContain(id.slice(0, 12));
  await scenario.succeed('down', '--remove-orphans');
  expect((await readEngine<{ Id: string }>(`/containers/${name}/json`)).Id).toBe(id);
});

test('a name that another project has is refused with the name of that project', async () => {
  const name = uniqueName();
  const holder = openScenario(import.meta.dirname, { WEB_NAME: name });
  await holder.succeed('up', '-d');
  const scenario = openScenario(import.meta.dirname, { WEB_NAME: name });
  const { first } = failureReport(await scenario.run('up', '-d'));
  expect(first).toContain('"web"');
  expect(first).toContain(holder.project);
});
