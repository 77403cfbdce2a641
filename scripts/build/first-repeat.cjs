'use strict';

// Bundled into the generated validator in place of ajv's search for equal items, which compares each with each: a list may
// hold every port there is. Calls nothing that a file could have named.

const { default: equal } = require('./plain-equality.cjs');

/** So many values of an item, and so many levels, tell it apart; aliases may make items larger than any text. */
const mostValues = 200;
const mostLevels = 4;

/** A text that equal items share and few others do. */
function outline(value, level, budget) {
  budget.left -= 1;
  if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`;
  if (level === 0 || budget.left <= 0) return 'more';
  const isList = Array.isArray(value);
  const parts = [];
  for (const key of isList ? value.keys() : Object.keys(value).sort()) {
    if (budget.left <= 0) break;
    parts.push(`${JSON.stringify(key)}:${outline(value[key], level - 1, budget)}`);
  }
  return `${isList ? 'list' : 'mapping'}{${parts.join()}}`;
}

/** The positions of the first item that equals an earlier one, that one's first; undefined if all differ. */
function firstRepeat(items) {
  const alike = new Map();
  for (const [index, item] of items.entries()) {
    const key = outline(item, mostLevels, { left: mostValues });
    const earlier = alike.get(key) ?? [];
    const repeated = earlier.find((position) => equal(items[position], item));
    if (repeated !== undefined) return [repeated, index];
    if (earlier.length === 0) alike.set(key, earlier);
    earlier.push(index);
  }
  return undefined;
}

exports.default = firstRepeat;
