import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { callEngine } from '../harness/engine-api.ts';
import { nothing } from '../harness/nothing.ts';
import { makeOwnImage } from '../harness/own-image.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

async function running(): Promise<{ scenario: Scenario; image: string; id: string }> {
  const image = `topsail-own-${randomBytes(4).toString('hex')}`;
  await makeOwnImage(image, { version: '1' });
  const scenario = openScenario(import.meta.dirname, { OWN_IMAGE: image });
  await scenario.succeed('up', '-d');
  return { scenario, image, id: (await scenario.inspect('web')).Id };
}

test('a container that was just killed runs again after up, however soon', async () => {
  const { scenario, id } = await running();
  for (let round = 0; round < 3; round += 1) {
    await callEngine('POST', `/containers/${id}/kill`);
    await scenario.succeed('up', '-d');
    expect(await scenario.inspect('web')).toMatchObject({ Id: id, State: { Status: 'running' } });
  }
});

test('a paused container is left so, and said to be', async () => {
  const { scenario, id } = await running();
  await callEngine('POST', `/containers/${id}/pause`);
  expect((await scenario.succeed('up', '-d')).stderr).toMatch(/warning: .*paused/);
  expect(await scenario.run('start')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('cannot start a paused container, try unpause instead') as string,
  });
  expect((await scenario.inspect('web')).State.Status).toBe('paused');
});

test('the temporary name of an interrupted recreate is put right', async () => {
  const { scenario, id } = await running();
  await callEngine('POST', `/containers/${id}/rename?name=${id.slice(0, 12)}_${scenario.project}-web-1`);
  expect((await scenario.run('plan')).stdout).toMatch(/rename container:web:1/);
  await scenario.succeed('up', '-d');
  expect((await scenario.inspect('web')).Id).toBe(id);
  await scenario.succeed('down');
  expect(await scenario.leftovers()).toEqual(nothing);
});

test('another image under the same name is a reason to recreate', async () => {
  const { scenario, image, id } = await running();
  await makeOwnImage(image, { version: '2' });
  const { exitCode, stdout } = await scenario.run('plan');
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/recreate container:web:1 .*image[\s\S]*sha256:\w+ -> sha256:\w+/);
  await scenario.succeed('up', '-d');
  expect((await scenario.inspect('web')).Id).not.toBe(id);
  expect((await scenario.run('plan')).exitCode).toBe(0);
});
