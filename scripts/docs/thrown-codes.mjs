import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Visitor } from 'oxc-parser';
import { lineAt, readModule } from '../checks/module-imports.mjs';
import { listSourceFiles } from '../checks/source-files.mjs';

const errorBase = 'TopsailError';
const engineError = 'EngineError';

/**
 * The error codes that the source throws by writing them out: the first argument of `new TopsailError(…)`, of
 * `super(…)` in a class that extends it, and, as `engine-<kind>`, of `new EngineError(…)` and of the kinds' own type.
 * Codes of the catalogues are not written at the place of the throw and so not among them.
 * @param {string} root a folder of TypeScript
 * @returns {Promise<Map<string, string>>} code to the first place, as `file:line`
 */
export async function findThrownCodes(root) {
  const found = new Map();
  for (const file of await listSourceFiles(root)) {
    const text = await readFile(join(root, file), 'utf8');
    const { program } = readModule(file, text);
    for (const { code, start } of codesOf(program)) {
      if (!found.has(code)) found.set(code, `${file}:${lineAt(text, start)}`);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function codesOf(program) {
  const codes = [];
  const add = (nodes, prefix = '') => {
    for (const { value, start } of nodes) codes.push({ code: `${prefix}${value}`, start });
  };
  new Visitor({
    NewExpression: (node) => {
      if (node.callee.type !== 'Identifier') return;
      if (node.callee.name === errorBase) add(texts(node.arguments[0]));
      if (node.callee.name === engineError) add(texts(node.arguments[0]), 'engine-');
    },
    ClassDeclaration: (node) => {
      if (node.superClass?.type === 'Identifier' && node.superClass.name === errorBase) add(superCodes(node.body));
    },
    TSTypeAliasDeclaration: (node) => {
      if (node.id.name === 'EngineErrorKind') add(unionTexts(node.typeAnnotation), 'engine-');
    },
  }).visit(program);
  return codes;
}

function superCodes(body) {
  const found = [];
  for (const member of body.body) {
    if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') continue;
    for (const statement of member.value.body?.body ?? []) {
      const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
      if (call?.type === 'CallExpression' && call.callee.type === 'Super') found.push(...texts(call.arguments[0]));
    }
  }
  return found;
}

/** The texts an expression may be: itself, either side of `??` and `||`, either branch of `? :`. */
function texts(node) {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node] : [];
    case 'LogicalExpression':
      return [...texts(node.left), ...texts(node.right)];
    case 'ConditionalExpression':
      return [...texts(node.consequent), ...texts(node.alternate)];
    default:
      return [];
  }
}

function unionTexts(node) {
  if (node.type === 'TSUnionType') return node.types.flatMap(unionTexts);
  return node.type === 'TSLiteralType' ? texts(node.literal) : [];
}
