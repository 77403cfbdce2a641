import { expect, test } from 'vitest';
import type { ProbeAnswer, Prober } from '../../../src/engine/prober.ts';
import { probeUnusedPort } from '../../../src/execution/unused-port.ts';

const refused: ProbeAnswer = { kind: 'refused', reason: 'connection refused' };
const answered: ProbeAnswer = { kind: 'answered' };

test.each([
  ['a machine that refuses', () => refused, refused, [9]],
  [
    'a container that serves the port of the discard protocol',
    (port: number) => (port === 9 ? answered : refused),
    refused,
    [9, 1],
  ],
  ['a proxy that takes every connection', () => answered, answered, [9, 1]],
])('tells %s by what it answers', async (_, answerOf, expected, ports) => {
  const asked: number[] = [];
  const tcp: Prober['tcp'] = ({ port }) => {
    asked.push(port);
    return Promise.resolve(answerOf(port));
  };
  const prober: Prober = { publishedHosts: [], tcp, http: () => Promise.resolve(refused) };
  expect(await probeUnusedPort(prober, '172.18.0.2', new AbortController().signal)).toEqual(expected);
  expect(asked).toEqual(ports);
});
