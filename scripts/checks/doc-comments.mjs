import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineAt, readModule } from './module-imports.mjs';
import { listSourceFiles } from './source-files.mjs';

/**
 * Finds exported declarations without a doc comment directly above them. What is imported and exported
 * again is documented where it is declared.
 * @param {string} root
 * @returns {Promise<{filesRead: number, exportsRead: number, violations: string[]}>} violations as `path:line name`
 */
export async function checkDocComments(root) {
  const files = await listSourceFiles(root);
  const violations = [];
  let exportsRead = 0;
  for (const file of files) {
    const text = await readFile(join(root, file), 'utf8');
    const { documented, undocumented } = readExports(file, text);
    exportsRead += documented.size + undocumented.size;
    for (const [name, start] of undocumented)
      violations.push(`${file}:${lineAt(text, start)} ${name} has no doc comment`);
  }
  return { filesRead: files.length, exportsRead, violations };
}

function readExports(file, text) {
  const { program, comments } = readModule(file, text);
  const docEnds = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*')).map(({ end }) => end);
  const hasDoc = (start) => docEnds.some((end) => end <= start && text.slice(end, start).trim() === '');
  const declarations = new Map();
  const exported = new Map();
  const listed = new Map();
  for (const statement of program.body) {
    const inner = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    for (const name of declaredNames(inner)) {
      const doc = hasDoc(statement.start) || declarations.get(name)?.doc === true;
      declarations.set(name, { doc, start: statement.start });
      if (inner !== statement) exported.set(name, statement.start);
    }
    if (statement.type === 'ExportNamedDeclaration' && statement.source === null) {
      for (const { local } of statement.specifiers) listed.set(local.name, statement.start);
    }
  }
  for (const [name, start] of listed) if (declarations.has(name)) exported.set(name, start);
  const documented = new Map([...exported].filter(([name]) => declarations.get(name)?.doc === true));
  const undocumented = new Map([...exported].filter(([name]) => !documented.has(name)));
  return { documented, undocumented };
}

function declaredNames(declaration) {
  if (declaration === null || declaration === undefined) return [];
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  }
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
}
