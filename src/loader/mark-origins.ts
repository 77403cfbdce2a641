import type { SourceRange } from '../diagnostics/source-range.ts';
import { unreachable } from '../diagnostics/unreachable.ts';
import { printYaml } from '../document/print-yaml.ts';
import type { JsonValue } from '../project/project.ts';
import type { ProjectPath, ProjectProvenance, ValueOrigin, VariableProvenance } from './provenance.ts';

/** Comments stand in one column unless a line is longer than this. */
const farthestColumn = 56;

/**
 * Marks each line of the YAML that `config` prints with a comment that says where its value comes from. The text is that of
 * {@link ProjectProvenance.project}; it stays the same YAML. `showName` says what a file is called.
 */
export function markOrigins(text: string, provenance: ProjectProvenance, showName: (file: string) => string): string {
  const lines = text.split('\n');
  const paths = linePaths(provenance.project);
  const column = lines.reduce(
    (widest, { length }) => (length > widest && length <= farthestColumn ? length : widest),
    0,
  );
  const marked = lines.map((line, index) => {
    const path = paths[index];
    if (path === undefined) return line;
    return `${line.padEnd(column)} # ${onOneLine(originWords(provenance.of(path, 'alone').origin, showName))}`;
  });
  return marked.join('\n');
}

/** The path of the value that each line of a printed value begins; undefined for the further lines of a text. */
function linePaths(value: JsonValue): readonly (ProjectPath | undefined)[] {
  const paths: (ProjectPath | undefined)[] = [];
  const visit = (path: ProjectPath, member: JsonValue, isItem: boolean): void => {
    const below = member !== null && typeof member === 'object' ? Object.entries(member) : [];
    if (below.length === 0) {
      paths.push(path);
      for (let more = printYaml(member).split('\n').length - 2; more > 0; more -= 1) paths.push(undefined);
      return;
    }
    // The first line of what is inside an item stands beside its dash.
    if (path.length > 0 && !isItem) paths.push(path);
    for (const [key, inner] of below) visit([...path, key], inner, Array.isArray(member));
  };
  visit([], value, false);
  return paths;
}

function originWords(origin: ValueOrigin, showName: (file: string) => string): string {
  const { kind, range, variables } = origin;
  const at = range === undefined ? '' : place(range, showName);
  const from = variables.map((variable) => variableWords(variable, showName));
  switch (kind) {
    case 'written':
      return [at, ...from].join(', ');
    case 'default':
      return ['default', ...from].join(', ');
    case 'implied':
      return [`implied by ${at}`, ...from].join(', ');
    case 'environment':
      return from.join(', ');
    case 'command-line':
      return '-p';
    case 'directory':
      return 'name of the directory';
    default:
      return unreachable(kind);
  }
}

function variableWords({ name, taken, source }: VariableProvenance, showName: (file: string) => string): string {
  if (taken === 'default') return `default for ${name}`;
  if (source === undefined) return `${name} not set`;
  switch (source.kind) {
    case 'process':
      return `${name} from the environment`;
    case 'command-line':
      return `${name} from -p`;
    case 'directory':
      return `${name} from the directory`;
    case 'env-file':
    case 'compose-file':
      return `${name} from ${source.range === undefined ? 'a file' : place(source.range, showName)}`;
    default:
      return unreachable(source.kind);
  }
}

function place({ file, start }: SourceRange, showName: (file: string) => string): string {
  return `${showName(file)}:${String(start.line)}`;
}

/** Names of files may hold anything; a line end would end the comment. */
function onOneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, '?');
}
