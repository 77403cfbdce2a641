import { expect, test } from 'vitest';
import { readExitCode, readHealth } from '../../../src/observe/read-status.ts';

test.each([
  ['running', 'Up 3 minutes', 'none'],
  ['running', 'Up 3 minutes (healthy)', 'healthy'],
  ['running', 'Up 1 second (health: starting)', 'starting'],
  ['running', 'Up 1 second (starting)', 'starting'],
  ['running', 'Up 2 hours (unhealthy)', 'unhealthy'],
  ['paused', 'Up 3 minutes (Paused)', 'none'],
  ['exited', 'Exited (0) 3 seconds ago (healthy)', 'none'],
] as const)('a %s container listed as "%s" has health %s', (status, words, health) => {
  expect(readHealth(status, words)).toBe(health);
});

test.each([
  ['Exited (137) 2 weeks ago', 137],
  ['Restarting (1) 5 seconds ago', 1],
  ['Created', undefined],
  ['Up 3 minutes', undefined],
])('"%s" has exit code %s', (words, code) => {
  expect(readExitCode(words)).toBe(code);
});
