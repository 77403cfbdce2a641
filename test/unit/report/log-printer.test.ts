import { expect, test } from 'vitest';
import { createLogPrinter } from '../../../src/report/log-printer.ts';
import { RecordedOutput } from './recorded-output.ts';

function printer(options: Partial<Parameters<typeof createLogPrinter>[1]> = {}) {
  const stdout = new RecordedOutput();
  const stderr = new RecordedOutput();
  return {
    stdout,
    stderr,
    printer: createLogPrinter({ stdout, stderr }, { coloured: false, prefix: true, terminal: false, ...options }),
  };
}

test('names are padded to the longest source announced so far', () => {
  const { stdout, printer: logs } = printer();
  logs.register('web-1');
  logs.line('web-1', 'stdout', 'one');
  logs.line('database-1', 'stdout', 'two');
  logs.line('web-1', 'stdout', 'three');
  logs.flush();
  expect(stdout.lines).toEqual(['web-1  | one', 'database-1  | two', 'web-1       | three']);
});

test('what a container writes to stderr goes to stderr', () => {
  const { stdout, stderr, printer: logs } = printer();
  logs.line('web-1', 'stderr', 'oops');
  logs.flush();
  expect([stdout.text, stderr.text]).toEqual(['', 'web-1  | oops\n']);
});

test('sources get colours in the order in which they are announced, and the text none', () => {
  const { stdout, printer: logs } = printer({ coloured: true });
  for (const name of ['a-1', 'b-1', 'c-1', 'd-1', 'e-1', 'f-1']) logs.line(name, 'stdout', 'x');
  logs.flush();
  const codes = stdout.lines.map((line) => /^\u001b\[([0-9;]+)m[a-f]-1 {2}\| \u001b\[0mx$/.exec(line)?.[1]);
  expect(codes).toEqual(['36', '33', '32', '35', '34', '36;1']);
});

test('without a prefix a line is what the container wrote', () => {
  const { stdout, printer: logs } = printer({ prefix: false });
  logs.line('web-1', 'stdout', 'one');
  logs.flush();
  expect(stdout.text).toBe('one\n');
});

test('a status line clears its line on a terminal only', () => {
  const piped = printer();
  piped.printer.status('web-1 exited with code 0', 'web-1');
  const terminal = printer({ terminal: true });
  terminal.printer.status('web-1 exited with code 0', 'web-1');
  expect([piped.stdout.text, terminal.stdout.text]).toEqual([
    'web-1 exited with code 0\n',
    '\r\u001b[Kweb-1 exited with code 0\n',
  ]);
});
