import { expect, test } from 'vitest';
import { renderTable } from '../../../src/report/table.ts';

test('columns are as wide as their content and three blanks apart', () => {
  expect(renderTable(['NAME', 'STATUS'], [['shop-web-1', 'Up 2 minutes']])).toBe(
    'NAME         STATUS\nshop-web-1   Up 2 minutes\n',
  );
});

test('no column but the last is narrower than ten, as in the tables of Docker', () => {
  expect(renderTable(['NAME', 'IMAGE', 'COMMAND', 'PORTS'], [])).toBe('NAME      IMAGE     COMMAND   PORTS\n');
  expect(renderTable(['NAME', 'IMAGE'], [['a-b-1', 'x']])).toBe('NAME      IMAGE\na-b-1     x\n');
});
