import { expect, test } from 'vitest';
import { createResourceBoard } from '../../../src/report/resource-board.ts';
import { at, node, planOf, run, storyStart } from './told-events.ts';

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

test('a pull shows a cell a layer, what has come of how much, and how fast', () => {
  const pull = node('pull-image', 'nginx:1');
  const board = createResourceBoard();
  const { needs: _, ...identity } = pull;
  const news = (text: string, more: object = {}): void =>
    void board.accept(at(100, { type: 'node-progress', ...identity, text, ...more }));
  for (const event of [planOf(pull), at(0, { type: 'node-started', ...identity })]) board.accept(event);
  news('Pulling from library/nginx', { part: '1' });
  news('Pulling fs layer', { part: 'b' });
  news('Downloading', { part: 'a', current: 5e5, total: 1e6 });
  news('Downloading', { current: 5e5, total: 4.25e6, rate: 1.5e6 });
  expect(board.row('image:nginx:1')?.detail).toBe('[⠀⣤] Downloading 500kB of 4.25MB, 1.5MB/s');
  news('Pull complete', { part: 'a' });
  news('Extracting', { current: 4.25e6, total: 4.25e6 });
  expect(board.row('image:nginx:1')?.detail).toBe('[⠀⣿] Extracting 4.25MB of 4.25MB');
});

test('a pull or push that is done shows the digest', () => {
  const push = node('push-image', 'app:1');
  const { needs: _, ...identity } = push;
  const board = createResourceBoard();
  for (const event of [planOf(push), at(0, { type: 'node-started', ...identity })]) board.accept(event);
  board.accept(
    at(9, { type: 'node-ended', ...identity, outcome: 'done', duration: 9, changed: true, digest: 'sha256:0a' }),
  );
  expect(board.row('image:app:1')).toMatchObject({ verb: 'Pushed', detail: 'sha256:0a' });
});
