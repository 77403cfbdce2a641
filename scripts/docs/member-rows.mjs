import { memberGroups } from './member-samples.mjs';

/**
 * A table of the members of each attribute that has some. Throws for a key of the schema without a sample, a sample without
 * a key, and for a member that does nothing and of which nothing is said.
 * @param {Record<string, object>} definitions `$defs` of the schema
 * @param {(base: object, changed: object) => Promise<{refused?: string, warned?: string, changed: readonly string[]}>} effect
 */
export async function memberTables(definitions, effect) {
  const tables = [];
  for (const group of memberGroups)
    tables.push({ title: group.title, rows: await memberRows(group, definitions, effect) });
  return tables;
}

async function memberRows({ title, at, file, base, bases = {}, members, words = {} }, definitions, effect) {
  const keys = keysAt(definitions, at);
  const missing = keys.filter((key) => !Object.hasOwn(members, key));
  const stale = Object.keys(members).filter((key) => !keys.includes(key));
  if (missing.length > 0) throw new Error(`member-samples.mjs, ${title}: no ${missing.join(', ')}`);
  if (stale.length > 0) throw new Error(`member-samples.mjs, ${title}: the schema has no ${stale.join(', ')}`);
  const rows = [];
  for (const key of keys) {
    const start = { ...base, ...bases[key] };
    const from = Object.hasOwn(bases, key) && bases[key].type === undefined ? base : start;
    const { refused, warned, changed } = await effect(file(from), file({ ...start, [key]: members[key] }));
    if (refused !== undefined) rows.push([key, 'refuses it', refused]);
    else if (changed.length > 0) rows.push([key, 'applies it', changed.join(', ')]);
    else if (words[key] === undefined && warned !== undefined) rows.push([key, 'warns', warned]);
    else if (words[key] !== undefined) rows.push([key, ...words[key]]);
    else throw new Error(`${title}: ${key} does nothing, and member-samples.mjs does not say what becomes of it`);
  }
  return rows;
}

/** Keys of the object that a way through the schema leads to; lists, alternatives and references are stepped through. */
function keysAt(definitions, [first, ...way]) {
  let found = objectsIn(definitions[first], definitions);
  for (const step of way) {
    if (step === 'items') continue;
    found = found.flatMap((each) => {
      const inner = each.properties?.[step] ?? each.patternProperties?.[step];
      return inner === undefined ? [] : objectsIn(inner, definitions);
    });
  }
  const keys = new Set(found.flatMap((each) => Object.keys(each.properties ?? {})));
  if (keys.size === 0) throw new Error(`the schema has no object at ${[first, ...way].join(' ')}`);
  return [...keys].toSorted();
}

function objectsIn(schema, definitions) {
  if (schema.$ref !== undefined) return objectsIn(definitions[schema.$ref.replace('#/$defs/', '')], definitions);
  if (schema.items !== undefined) return objectsIn(schema.items, definitions);
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((each) => objectsIn(each, definitions));
  return schema.properties === undefined && schema.patternProperties === undefined ? [] : [schema];
}
