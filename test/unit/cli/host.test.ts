import { afterEach, expect, test, vi } from 'vitest';
import { createProcessHost } from '../../../src/cli/host.ts';

const streams = [process.stdout, process.stderr];
const known = streams.map((stream) => stream.listeners('error'));

afterEach(() => {
  vi.restoreAllMocks();
  for (const [index, stream] of streams.entries()) {
    for (const listener of stream.listeners('error'))
      if (known[index]?.includes(listener) !== true) stream.off('error', listener as () => void);
  }
});

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: no`), { code });
}

test('who stops reading the results ends the command quietly', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  createProcessHost();
  process.stdout.emit('error', failure('EPIPE'));
  expect(exit.mock.calls[0]).toEqual([0]);
});

test('results that cannot be written end the command with one line and 1', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  createProcessHost();
  process.stdout.emit('error', failure('ENOSPC'));
  expect(exit.mock.calls).toEqual([[1]]);
  expect(write.mock.calls).toEqual([['the output cannot be written: ENOSPC: no\n']]);
});

test('who stops reading the progress does not end the work', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  createProcessHost().stderr.write('');
  process.stderr.emit('error', failure('EPIPE'));
  expect(exit).not.toHaveBeenCalled();
});
