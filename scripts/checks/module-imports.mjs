import { parseSync, Visitor } from 'oxc-parser';

/**
 * One place where a module names another.
 * @typedef {object} ModuleImport
 * @property {string | undefined} specifier undefined when it is computed at run time
 * @property {number} line 1-based
 */

/**
 * Everything a module imports: static and dynamic imports, re-exports and `import('…')` types, type-only ones included.
 * Throws when the text does not parse.
 * @param {string} path used in errors and to tell TypeScript from JavaScript
 * @param {string} text
 * @returns {{imports: ModuleImport[], program: import('oxc-parser').Program, comments: import('oxc-parser').Comment[]}}
 */
export function readModule(path, text) {
  const { module, program, comments, errors } = parseSync(path, text);
  const problem = errors[0];
  if (problem !== undefined) throw new Error(`${path}: ${problem.message}`);
  const found = [];
  const add = (specifier, start) => found.push({ specifier, line: lineAt(text, start) });
  for (const { moduleRequest } of module.staticImports) add(moduleRequest.value, moduleRequest.start);
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) add(moduleRequest.value, moduleRequest.start);
  }
  new Visitor({
    ImportExpression: (node) => add(literalText(node.source), node.start),
    TSImportType: (node) => add(literalText(node.source), node.start),
    TSImportEqualsDeclaration: (node) => {
      if (node.moduleReference.type === 'TSExternalModuleReference') {
        add(literalText(node.moduleReference.expression), node.start);
      }
    },
  }).visit(program);
  return { imports: found.sort((a, b) => a.line - b.line), program, comments };
}

/**
 * The 1-based line of an offset.
 * @param {string} text
 * @param {number} offset
 */
export function lineAt(text, offset) {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function literalText(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TSLiteralType') return literalText(node.literal);
  return undefined;
}
