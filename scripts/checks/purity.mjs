import { Visitor } from 'oxc-parser';

const ambientObjects = new Set(['process', 'performance', 'globalThis', 'crypto', 'console']);
const ambientCalls = new Set(['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'require']);

/**
 * What makes a module impure, as offset and wording: waiting, the clock, randomness, the environment, the outside world.
 * Looks at syntax only, so a local variable that is called `process` is reported too; name it better.
 * @param {import('oxc-parser').Program} program
 * @returns {{start: number, what: string}[]}
 */
export function findImpurities(program) {
  const found = [];
  const report = (node, what) => found.push({ start: node.start, what });
  const reportAsync = (node) => {
    if (node.async) report(node, 'an async function');
  };
  new Visitor({
    AwaitExpression: (node) => report(node, 'await'),
    ForOfStatement: (node) => {
      if (node.await) report(node, 'for await');
    },
    FunctionDeclaration: reportAsync,
    FunctionExpression: reportAsync,
    ArrowFunctionExpression: reportAsync,
    MemberExpression: (node) => {
      const what = ambientMember(node);
      if (what !== undefined) report(node, what);
    },
    CallExpression: (node) => {
      if (node.callee.type !== 'Identifier') return;
      if (ambientCalls.has(node.callee.name) || node.callee.name === 'Date') report(node, `${node.callee.name}()`);
    },
    NewExpression: (node) => {
      if (node.callee.type !== 'Identifier') return;
      if (node.callee.name === 'Promise') report(node, 'a promise');
      if (node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'the clock (new Date())');
    },
  }).visit(program);
  return found;
}

function ambientMember(node) {
  if (node.object.type !== 'Identifier') return undefined;
  const object = node.object.name;
  const member = node.property.type === 'Identifier' && !node.computed ? node.property.name : undefined;
  if (ambientObjects.has(object)) return object;
  if (object === 'Date' && member === 'now') return 'the clock (Date.now)';
  if (object === 'Math' && member === 'random') return 'Math.random';
  if (object === 'Promise') return 'a promise';
  return undefined;
}
