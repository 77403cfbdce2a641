import { expect, test } from 'vitest';
import { top } from '../../../src/compose/top.ts';
import { engineWith } from './project-engine.ts';

test('processes of running containers come by container name, each with the titles of its own', async () => {
  const engine = await engineWith(
    { service: 'web', body: { Cmd: ['serve'] } },
    { service: 'job', state: 'exited' },
    { service: 'db', oneOff: true },
  );
  engine.control.setProcesses('p-db-run-1', { Titles: ['PID', 'USER'], Processes: [['1', 'root'], ['7']] });
  const rows = await top({ engine }, 'p');
  expect(rows.map(({ container, cells }) => [container.name, Object.fromEntries(cells)])).toEqual([
    ['p-db-run-1', { PID: '1', USER: 'root' }],
    ['p-db-run-1', { PID: '7', USER: '' }],
    ['p-web-1', { UID: 'root', PID: '1', CMD: 'serve' }],
  ]);
  expect(await top({ engine }, 'p', { services: ['job'] })).toEqual([]);
});
