import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failureReport } from '../harness/failure-report.ts';
import { openScenario } from '../harness/scenario.ts';

for (const words of [['up', '-d'], ['down'], ['plan'], ['ps'], ['logs']])
  test(`${words.join(' ')} without an engine says where it looked`, async () => {
    const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: 'unix:///nowhere/docker.sock' });
    const { first, details } = failureReport(await scenario.run(...words));
    expect(`${first}\n${details}`).toMatch(
      /daemon at unix:\/\/\/nowhere\/docker\.sock[\s\S]*DOCKER_HOST at unix:\/\/\/nowhere\/docker\.sock: not there/,
    );
  });

test('a server that hangs up is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-dead-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const socket = join(folder, 'dead.sock');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => void server.close());
  server.on('connection', (client) => client.destroy());
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: `unix://${socket}` });
  const { first, details } = failureReport(await scenario.run('up', '-d'));
  expect(`${first}\n${details}`).toContain(socket);
});

test('a server that is no engine, and one that never answers, end within seconds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-mute-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const begin = performance.now();
  for (const answer of ['HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno', undefined]) {
    const socket = join(folder, answer === undefined ? 'mute.sock' : 'other.sock');
    const server = createServer((client) => {
      client.on('error', () => {});
      client.once('data', () => {
        if (answer !== undefined) client.end(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    onTestFinished(() => void server.close());
    const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: `unix://${socket}` });
    const { first, details } = failureReport(await scenario.run('up', '-d'));
    expect(`${first}\n${details}`).toContain(socket);
  }
  expect(performance.now() - begin).toBeLessThan(15_000);
});

test('what needs no engine works without one', async () => {
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  await scenario.succeed('config', '-q');
  await scenario.succeed('graph');
  await scenario.succeed('version');
  const doctor = await scenario.run('doctor');
  expect(doctor.exitCode).toBe(1);
  expect(doctor.stdout).toContain('/nowhere/docker.sock');
});
