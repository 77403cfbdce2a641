import { expect, test } from 'vitest';
import type { Display } from '../../../src/cli/display.ts';
import { showError } from '../../../src/cli/show-error.ts';
import { ExecutionFailure } from '../../../src/compose/execution-failure.ts';
import { ProjectError } from '../../../src/compose/project-error.ts';
import { TopsailError } from '../../../src/diagnostics/topsail-error.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { RecordedHost } from './recorded-host.ts';

const plain: Display = { format: 'plain', stdoutColours: false, stderrColours: false };

function shown(thrown: unknown, display = plain): readonly string[] {
  const host = new RecordedHost({ directory: '/project' });
  showError(host, display, thrown);
  return host.stderr.lines;
}

test('the first line is the message, then details, then each cause that says something new', () => {
  const bottom = new Error('connect ECONNREFUSED');
  const middle = new Error('the engine cannot be reached', { cause: bottom });
  const error = new TopsailError('x', 'no engine: the engine cannot be reached', {
    details: ['looked at /a'],
    cause: middle,
  });
  expect(shown(error)).toEqual([
    'no engine: the engine cannot be reached',
    '  looked at /a',
    '  caused by: connect ECONNREFUSED',
  ]);
});

test('what the engine refused begins as in the client of Docker; where none answered it does not', () => {
  expect(shown(new EngineError('not-found', 'No such container: x', { statusCode: 404 }))).toEqual([
    'Error response from daemon: No such container: x',
  ]);
  expect(shown(new EngineError('unreachable', 'no engine answers'))).toEqual(['no engine answers']);
});

test('of an execution every failure is shown with its own details', () => {
  const plan = { project: 'p', nodes: [], notices: [], confirmations: [] };
  const result = {
    project: 'p',
    nodes: new Map(),
    outcomes: { done: 0, failed: 2, blocked: 0, aborted: 0, skipped: 0 },
    containers: new Map(),
    changed: false,
    startedAt: 0,
    endedAt: 1,
    aborted: false,
    errors: [
      new TopsailError('a', 'service "a" failed', { details: ['exit code 3'], cause: new Error('below a') }),
      new TopsailError('b', 'service "b" failed', { details: ['exit code 4'] }),
    ],
  };
  const failure = new ExecutionFailure(result, plan);
  expect(shown(failure)).toEqual([
    'service "a" failed',
    '  exit code 3',
    '  caused by: below a',
    '  also: service "b" failed',
    '    exit code 4',
  ]);
});

test('what is wrong with a file is drawn under its line, named from where the user is, warnings too', () => {
  const source = { name: '/project/compose.yaml', text: 'services:\n  web:\n    imaeg: x\n' };
  const at = (line: number, column: number, offset: number) => ({ line, column, offset });
  const range = { file: source.name, start: at(3, 5, 21), end: at(3, 10, 26) };
  const error = new ProjectError(
    [
      { severity: 'warning', code: 'variable-unset', message: 'IMAGE is not set' },
      { severity: 'error', code: 'unknown-key', message: 'imaeg is no attribute', range, hint: 'did you mean image?' },
    ],
    new Map([[source.name, source]]),
  );
  expect(shown(error)).toEqual([
    'warning variable-unset IMAGE is not set',
    'compose.yaml:3:5 unknown-key imaeg is no attribute',
    '  3 |     imaeg: x',
    '    |     ^^^^^',
    '  hint: did you mean image?',
  ]);
});

test('services that contradict each other make an invalid project, in the words of Docker Compose', () => {
  const error = new ProjectError([{ severity: 'error', code: 'undefined-dependency', message: 'no b' }], new Map());
  expect(shown(error)).toEqual(['undefined-dependency no b', 'invalid compose project']);
  expect(shown(error, { ...plain, format: 'json' })).toHaveLength(1);
});

test('an error that is none of ours shows where it comes from', () => {
  const lines = shown(new RangeError('out of range'));
  expect(lines.slice(0, 2)).toEqual(['out of range', '  this is a fault in Topsail, please report it:']);
  expect(lines.length).toBeGreaterThan(2);
});

test('with --progress json it is one event', () => {
  const [line = '', ...others] = shown(new TopsailError('x', 'no', { details: ['why'] }), { ...plain, format: 'json' });
  expect(JSON.parse(line)).toEqual({
    version: 1,
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    type: 'error',
    error: true,
    code: 'x',
    message: 'no',
    details: ['why'],
  });
  expect(others).toEqual([]);
});
