import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { callEngine, readEngine } from '../harness/engine-api.ts';
import { failureReport } from '../harness/failure-report.ts';
import { makeForeignContainer } from '../harness/foreign-container.ts';
import { openScenario } from '../harness/scenario.ts';

test('a port that a container has is refused with the names of both', async () => {
  const holder = `holder-${randomBytes(4).toString('hex')}`;
  const id = await makeForeignContainer(holder, {
    Cmd: ['sleep', '1000'],
    ExposedPorts: { '80/tcp': {} },
    HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
  });
  await callEngine('POST', `/containers/${id}/start`);
  const { NetworkSettings } = await readEngine<{
    NetworkSettings: { Ports: Record<string, readonly { HostPort: string }[]> };
  }>(`/containers/${id}/json`);
  const port = NetworkSettings.Ports['80/tcp']?.[0]?.HostPort ?? '';

  const scenario = openScenario(import.meta.dirname, { WEB_PORT: port });
  const { first, details } = failureReport(await scenario.run('up', '-d'));
  expect(first).toBe(`service "web" cannot publish port ${port}: container ${holder} uses it`);
  expect(details).toContain('blocked: after');
});

test('a port that a program has is refused with the name of the service', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = String(typeof address === 'object' && address !== null ? address.port : 0);

  const scenario = openScenario(import.meta.dirname, { WEB_PORT: port });
  const { first } = failureReport(await scenario.run('up', '-d'));
  expect(first).toContain(`service "web" cannot publish port ${port}`);
});
