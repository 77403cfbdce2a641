import type { DocumentNode, MappingNode } from '../document/node.ts';
import { isAbsolutePath, pathsDownTo } from '../source/file-path.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { madeFrom, mapItems, mapMembers, memberOf, memberText, scalarNode, withMember } from './tree/nodes.ts';

/**
 * Replaces the first symbolic link in every path to watch by what it points at, because file events carry the real
 * path (spec-facts 11.6).
 */
export async function resolveWatchLinks(model: MappingNode, reader: SourceReader): Promise<MappingNode> {
  const paths = watchedPaths(model);
  if (paths.size === 0) return model;
  const resolved = new Map<string, string>();
  await Promise.all(
    Array.from(paths, async (path) => {
      resolved.set(path, await resolveFirstLink(path, reader));
    }),
  );
  const changeRule = (rule: DocumentNode): DocumentNode => {
    const path = memberOf(rule, 'path');
    const real = resolved.get(memberText(rule, 'path') ?? '');
    if (rule.kind !== 'mapping' || path === undefined || real === undefined) return rule;
    const resolvedPath = { ...scalarNode(real, path.span), text: path.kind === 'scalar' ? path.text : '' };
    return withMember(rule, 'path', madeFrom(resolvedPath, path));
  };
  return mapWatchRules(model, changeRule);
}

function watchedPaths(model: MappingNode): ReadonlySet<string> {
  const paths = new Set<string>();
  mapWatchRules(model, (rule) => {
    const path = memberText(rule, 'path');
    if (path !== undefined && isAbsolutePath(path, path)) paths.add(path);
    return rule;
  });
  return paths;
}

function mapWatchRules(model: MappingNode, change: (rule: DocumentNode) => DocumentNode): MappingNode {
  const changeNamed = (node: DocumentNode, name: string, inner: (value: DocumentNode) => DocumentNode): DocumentNode =>
    node.kind === 'mapping' ? mapMembers(node, (value, key) => (key === name ? inner(value) : value)) : node;
  return mapMembers(model, (section, name) =>
    name === 'services' && section.kind === 'mapping'
      ? mapMembers(section, (service) =>
          changeNamed(service, 'develop', (develop) =>
            changeNamed(develop, 'watch', (rules) => (rules.kind === 'sequence' ? mapItems(rules, change) : rules)),
          ),
        )
      : section,
  );
}

/** The path with its first symbolic link resolved; the path itself when it holds none or does not exist. */
async function resolveFirstLink(path: string, reader: SourceReader): Promise<string> {
  if ((await reader.realPath(path)) === path) return path;
  for (const next of pathsDownTo(path)) {
    const real = await reader.realPath(next);
    if (real === undefined) return path;
    if (real !== next) return path.replace(next, real);
  }
  return path;
}
