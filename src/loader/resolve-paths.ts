import type { DocumentNode, MappingNode, ScalarNode } from '../document/node.ts';
import { isAbsolutePath, joinPath } from '../source/file-path.ts';
import { isRemoteReference } from './remote-reference.ts';
import { changeMember, mapItems, mapMembers, memberText, textOf } from './tree/nodes.ts';

/** What relative paths are resolved against. */
export interface PathBase {
  /** The project directory, or that of the extended or included file; absolute, or relative to stay so. */
  readonly directory: string;
  readonly homeDirectory: string | undefined;
}

type Change = (value: DocumentNode, base: PathBase) => DocumentNode;

const absolute: Change = (value, base) => changeText(value, (text) => resolvePath(text, base));
const absoluteAnywhere: Change = (value, base) => changeText(value, (text) => resolveForeignPath(text, base));
/** An empty path is the folder itself, as it is with a variable that is not set. */
const folderOrAbsolute: Change = (value, base) =>
  textOf(value) === '' ? changeText(value, () => base.directory) : absoluteAnywhere(value, base);
const absoluteUnlessRemote: Change = (value, base) =>
  changeText(value, (text) => (isRemoteReference(text) ? text : resolvePath(text, base)));
const context: Change = (value, base) =>
  changeText(value, (text) => (isRemoteContext(text) ? text : resolvePath(text, base)));

const serviceChanges: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['build', resolveBuild],
  ['env_file', (value, base) => eachItem(value, (item) => changeMembers(item, { path: absolute }, base))],
  ['label_file', (value, base) => eachItem(value, (item) => absolute(item, base))],
  ['extends', (value, base) => changeMembers(value, { file: absoluteUnlessRemote }, base)],
  ['volumes', (value, base) => eachItem(value, (item) => resolveMount(item, base))],
  [
    'develop',
    (value, base) =>
      changeMembers(
        value,
        { watch: (rules) => eachItem(rules, (rule) => changeMembers(rule, { path: absolute }, base)) },
        base,
      ),
  ],
]);

/**
 * Makes the paths of a canonical model absolute (spec-facts section 11): lexically cleaned, `~` expanded, absolute ones
 * left byte for byte. Whether they exist is nobody's business here.
 */
export function resolvePaths(model: MappingNode, base: PathBase): MappingNode {
  return mapMembers(model, (section, name) => {
    switch (name) {
      case 'services':
        return eachMember(section, (service) =>
          eachMember(service, (value, attribute) => serviceChanges.get(attribute)?.(value, base) ?? value),
        );
      case 'configs':
      case 'secrets':
        return eachMember(section, (resource) => changeMembers(resource, { file: folderOrAbsolute }, base));
      case 'volumes':
        return eachMember(section, (volume) => resolveVolume(volume, base));
      default:
        return section;
    }
  });
}

function resolveBuild(build: DocumentNode, base: PathBase): DocumentNode {
  const each =
    (change: Change): Change =>
    (value) =>
      eachMember(value, (member) => change(member, base));
  return changeMembers(build, { context, additional_contexts: each(context), ssh: each(absoluteAnywhere) }, base);
}

function resolveMount(mount: DocumentNode, base: PathBase): DocumentNode {
  return memberText(mount, 'type') === 'bind' ? changeMembers(mount, { source: folderOrAbsolute }, base) : mount;
}

/** Only a bind volume of the local driver has a path for a device (spec-facts 11.7). */
function resolveVolume(volume: DocumentNode, base: PathBase): DocumentNode {
  if (memberText(volume, 'driver') !== 'local') return volume;
  return changeMembers(
    volume,
    {
      driver_opts: (options) =>
        memberText(options, 'o') === 'bind' ? changeMembers(options, { device: absoluteAnywhere }, base) : options,
    },
    base,
  );
}

function eachMember(node: DocumentNode, change: (value: DocumentNode, key: string) => DocumentNode): DocumentNode {
  return node.kind === 'mapping' ? mapMembers(node, change) : node;
}

function eachItem(node: DocumentNode, change: (item: DocumentNode) => DocumentNode): DocumentNode {
  return node.kind === 'sequence' ? mapItems(node, change) : node;
}

function changeMembers(node: DocumentNode, members: Readonly<Record<string, Change>>, base: PathBase): DocumentNode {
  if (node.kind !== 'mapping') return node;
  let changed = node;
  for (const [name, change] of Object.entries(members)) {
    changed = changeMember(changed, name, (value) => change(value, base));
  }
  return changed;
}

function changeText(node: DocumentNode, change: (text: string) => string): DocumentNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const value = change(node.value);
  return value === node.value ? node : ({ ...node, value } satisfies ScalarNode);
}

/** Makes one path absolute; the empty path stays empty. */
export function resolvePath(path: string, base: PathBase): string {
  const expanded = expandHome(path, base.homeDirectory);
  return expanded === '' || isAbsolutePath(expanded, base.directory) ? expanded : joinPath(base.directory, expanded);
}

/** As {@link resolvePath}, where an absolute path of Windows counts as absolute on every system (spec-facts 11.5). */
function resolveForeignPath(path: string, base: PathBase): string {
  return /^(?:[a-zA-Z]:[\\/]|\\\\)/.test(path) ? path : resolvePath(path, base);
}

function expandHome(path: string, home: string | undefined): string {
  return path.startsWith('~') && home !== undefined ? joinPath(home, path.slice(1)) : path;
}

function isRemoteContext(context: string): boolean {
  return context.includes('://') || /^(?:service:|github\.com\/|git@)/.test(context);
}
