import { expect, test } from 'vitest';
import { createResourceBoard } from '../../../src/report/resource-board.ts';
import { node, planOf, run, storyStart } from './told-events.ts';

const db = { create: node('create-container', 'db'), start: node('start-container', 'db', ['create-container db']) };
const wait = node('wait-container', 'db', [db.start.node], { condition: 'healthy' });
const web = {
  create: node('create-container', 'web'),
  start: node('start-container', 'web', ['create-container web', wait.node]),
};
const plan = planOf(db.create, db.start, wait, web.create, web.start);

function boardAfter(...events: readonly Parameters<ReturnType<typeof createResourceBoard>['accept']>[0][]) {
  const board = createResourceBoard();
  for (const event of [plan, ...events]) board.accept(event);
  return board;
}

test('a resource has one row, however many steps it takes', () => {
  expect(
    boardAfter()
      .rows()
      .map((row) => [row.title, row.state]),
  ).toEqual([
    ['Container p-db-1', 'pending'],
    ['Container p-web-1', 'pending'],
  ]);
});

test('a row between two steps says what it waits for', () => {
  const board = boardAfter(...run(web.create, 0, 5), ...run(db.create, 0, 5));
  expect(board.row('container:web:1')).toMatchObject({
    state: 'waiting',
    verb: 'Created',
    detail: 'waiting for db to be healthy',
  });
});

test('a row that is done shows its last word and its whole time', () => {
  const board = boardAfter(...run(db.create, 10, 20), ...run(db.start, 20, 30), ...run(wait, 30, 900));
  expect(board.row('container:db:1')).toMatchObject({
    state: 'done',
    verb: 'Healthy',
    startedAt: storyStart + 10,
    endedAt: storyStart + 900,
  });
});

test('a failed step decides its row and shows its error', () => {
  const board = boardAfter(...run(db.create, 0, 5, 'failed', 'no space left'));
  expect(board.row('container:db:1')).toMatchObject({ state: 'failed', verb: 'Error', detail: 'no space left' });
});
