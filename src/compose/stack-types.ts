import type { Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';

/** More ports than this of a range are not written one by one. */
const longestRange = 256;

/**
 * A TypeScript declaration file that tells `topsail/testing` the services of a compose file and the ports of each, under every spelling of
 * the file's path in `paths`. A service that names no port takes any.
 */
export function stackTypes(project: Project, paths: readonly string[]): string {
  const shape = Object.entries(project.services)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, service]) => `        readonly ${JSON.stringify(name)}: ${portType(service)};`);
  const files = paths.map((path) =>
    [`    readonly ${JSON.stringify(path)}: {`, '      readonly services: {', ...shape, '      };', '    };'].join(
      '\n',
    ),
  );
  return [
    '// Written by `topsail types`; write it again when the compose file has changed.',
    "import 'topsail/testing';",
    '',
    "declare module 'topsail/testing' {",
    '  interface StackFiles {',
    ...files,
    '  }',
    '}',
    '',
  ].join('\n');
}

function portType({ ports = [], expose = [] }: Service): string {
  const numbers = [...ports.map(({ target }) => [target]), ...expose.map(exposedPorts)];
  if (numbers.length === 0 || numbers.includes(undefined)) return 'number';
  const known = new Set(numbers.flatMap((some) => some ?? []));
  return [...known].toSorted((a, b) => a - b).join(' | ');
}

/** The ports of an entry such as `8080`, `8080/udp` or `8080-8090`; undefined for one that cannot be told. */
function exposedPorts(entry: string): readonly number[] | undefined {
  const [, first = '', last = first] = /^(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(entry) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (first === '' || !(count >= 1 && count <= longestRange)) return undefined;
  return Array.from({ length: count }, (_, index) => Number(first) + index);
}
