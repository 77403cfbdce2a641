import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../repository.mjs';
import { code, page, table } from './markdown.mjs';

const schemaFile = 'schemas/events.schema.json';

/** Parts of events that several kinds share, with a section of their own. */
const sharedParts = {
  identity: 'A step of the plan',
  logSource: 'A container',
  diagnostic: 'A diagnostic',
  sourceRange: 'A place in a text',
};

/** Renders docs/events.md from the schema of the event stream. */
export async function renderEventsPage() {
  const schema = JSON.parse(await readFile(join(repository, schemaFile), 'utf8'));
  const kinds = schema.oneOf.map(({ $ref }) => resolve(schema, $ref));
  const { outcome } = schema.$defs;
  return page(
    'Events',
    [
      `\`--progress json\` writes one JSON object a line to stderr; the library hands the same objects to \`onEvent\`. An error that ends the command is one more line, which is no event: see [errors](errors.md). Schema: [\`${schemaFile}\`](../${schemaFile}), published as \`topsail/${schemaFile}\`.`,
      'Members may be added within a version: ignore those you do not know.',
      '```sh\ntopsail --progress json up -d 2>&1 >/dev/null | jq -r \'select(.type == "node-ended") | [.duration, .name] | @tsv\'\n```',
      '## Every event',
      memberTable(schema, schema),
      ...kinds.flatMap((kind) => [
        `## ${code(kind.title)}`,
        kind.description,
        ...sharedSentence(kind),
        memberTable(schema, kind, (name) => name !== 'type'),
      ]),
      ...Object.entries(sharedParts).flatMap(([name, title]) => [
        `## ${title}`,
        schema.$defs[name].description,
        memberTable(schema, schema.$defs[name]),
      ]),
      '## Outcomes',
      `${outcome.enum.map(code).join(', ')}. ${outcome.description}`,
    ].filter((block) => block !== ''),
  );
}

function resolve(schema, reference) {
  return schema.$defs[reference.slice('#/$defs/'.length)];
}

function sharedSentence({ allOf = [], properties }) {
  const titles = allOf.map(({ $ref }) => sharedParts[$ref.slice('#/$defs/'.length)]);
  const end = Object.keys(properties).length > 1 ? ', and these:' : '.';
  return titles.map((title) => `It has the members of [${title.toLowerCase()}](#${anchor(title)})${end}`);
}

function anchor(title) {
  return title.toLowerCase().replaceAll(' ', '-');
}

function memberTable(schema, { properties, required = [] }, wanted = () => true) {
  const rows = Object.entries(properties)
    .filter(([name]) => wanted(name))
    .map(([name, member]) => [
      required.includes(name) ? code(name) : `${code(name)}, may be absent`,
      typeOf(schema, member),
      member.description ?? '',
    ]);
  return rows.length === 0 ? '' : table(['member', 'type', 'meaning'], rows);
}

function typeOf(schema, member) {
  if (member.const !== undefined) return code(JSON.stringify(member.const));
  if (member.enum !== undefined) return member.enum.map((word) => code(word)).join(', ');
  if (member.$ref !== undefined) {
    const name = member.$ref.slice('#/$defs/'.length);
    const title = sharedParts[name];
    if (title !== undefined) return `[${title.toLowerCase()}](#${anchor(title)})`;
    return name === 'outcome' ? '[outcome](#outcomes)' : typeOf(schema, resolve(schema, member.$ref));
  }
  if (member.type === 'array') return `list of ${typeOf(schema, member.items)}`;
  if (member.type !== 'object') return member.type;
  const [base] = member.allOf ?? [];
  const own = Object.keys(member.properties).map((name) => code(name));
  return base === undefined ? `object: ${own.join(', ')}` : `${typeOf(schema, base)} with ${own.join(', ')}`;
}
