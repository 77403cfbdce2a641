import { expect, it } from 'vitest';
import { disciplineOf, type LinkRequest } from '../../../../src/testing/faults/link-request.ts';

const words = (request: LinkRequest): string => disciplineOf(request).words.join(' ');

it('limits bandwidth alone by a token bucket', () => {
  expect(words({ bandwidth: '1mbit' })).toBe('tbf rate 1000000bit burst 3200 latency 400ms');
  expect(words({ bandwidth: 100_000_000 })).toBe('tbf rate 100000000bit burst 125000 latency 400ms');
});

it('delays and loses by netem, which limits bandwidth too', () => {
  expect(words({ latency: 100, jitter: 10, loss: 0.25, bandwidth: '1.5kbit' })).toBe(
    'netem delay 100ms 10ms loss 25% rate 1500bit',
  );
});

it.for<LinkRequest>([
  {},
  { bandwidth: 0 },
  { bandwidth: '1mb' },
  { bandwidth: '1mbit; reboot' },
  { latency: -1 },
  { jitter: 5 },
  { loss: 5 },
  { loss: Number.NaN },
])('refuses $bandwidth $latency $jitter $loss', (request) => {
  expect(() => disciplineOf(request)).toThrow(expect.objectContaining({ code: 'invalid-link' }));
});
