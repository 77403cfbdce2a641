import { expect, test } from 'vitest';
import { inColumns } from '../../../src/dockerode/podman-differences.ts';

test('a process table of whole lines is cut into columns, the last of which takes the rest', () => {
  const lines = { Titles: ['PID   USER     COMMAND'], Processes: [['1 root     sh -c a  b'], ['7 me']] };
  expect(inColumns(lines)).toEqual({
    Titles: ['PID', 'USER', 'COMMAND'],
    Processes: [
      ['1', 'root', 'sh -c a b'],
      ['7', 'me', ''],
    ],
  });
});

test('one that is in columns stays as it is', () => {
  const table = { Titles: ['PID', 'CMD'], Processes: [['1', 'sh -c  x']] };
  expect(inColumns(table)).toEqual(table);
  expect(inColumns({ Titles: ['PID'], Processes: [['1']] })).toEqual({ Titles: ['PID'], Processes: [['1']] });
});
