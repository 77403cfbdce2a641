import { expect, it } from 'vitest';
import { readyProbe, readyWords } from '../../../src/state/ready-probe.ts';

it.each([
  [{ tcp: 6333 }, { kind: 'tcp', port: 6333 }, 'port 6333 takes connections'],
  [{ log: 'ready$' }, { kind: 'log', pattern: 'ready$' }, 'a line of its output matches /ready$/'],
  [{ http: { port: 80 } }, { kind: 'http', port: 80, path: '/', status: undefined }, 'GET :80/ answers below 400'],
  [
    { http: { port: 80, path: '/up', status: 204 } },
    { kind: 'http', port: 80, path: '/up', status: 204 },
    'GET :80/up answers 204',
  ],
])('reads %j', (ready, probe, words) => {
  const read = readyProbe({ 'x-topsail': { ready } });
  expect(read).toEqual(probe);
  expect(read === undefined ? '' : readyWords(read)).toBe(words);
});

it('is undefined without a declaration', () => {
  expect(readyProbe(undefined)).toBeUndefined();
  expect(readyProbe({ 'x-topsail': { job: 'once' } })).toBeUndefined();
});
