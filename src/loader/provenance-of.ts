import { toSourceRange } from '../diagnostics/source-text.ts';
import type { DocumentNode, MappingNode } from '../document/node.ts';
import type { VariableSource } from '../document/node-origin.ts';
import type { JsonValue } from '../project/project.ts';
import { describeNameOrigin, describeOrigin, type OriginScope, type TrailStep } from './describe-origin.ts';
import type { LoadTrace } from './load-trace.ts';
import { spellProjectPath } from './project-path.ts';
import type { OverriddenValue, ProjectPath, ProjectProvenance, Provenance } from './provenance.ts';
import { descend, descendLoosely } from './tree/descend.ts';
import { isNull, memberOf, replacedBy } from './tree/nodes.ts';
import { plainValue } from './tree/plain-value.ts';

/** What the provenance of values is read from. */
interface ProvenanceScope extends OriginScope {
  readonly tree: MappingNode;
  /** The project in the form that paths lead into. */
  readonly project: JsonValue;
  /** What decided the project name. */
  readonly nameSource: VariableSource;
  /** Whether `scale` was copied into `deploy.replicas`. */
  readonly scalesReplicas: boolean;
}

/** Where every value of a project comes from, by what was noted while it was loaded. */
export function projectProvenance(
  trace: LoadTrace,
  loaded: Omit<ProvenanceScope, keyof OriginScope>,
): ProjectProvenance {
  const scope: ProvenanceScope = { ...loaded, inclusions: trace.inclusions };
  return {
    project: loaded.project,
    of: (path, alone) => provenanceOf(path, scope, alone),
    removed: trace.removed.map(({ path, removed, at }) => {
      const value = plainValue(removed);
      const origin = describeOrigin([{ value, node: removed }], path, scope);
      return { path: spellProjectPath(loaded.project, path), value, origin, at: toSourceRange(at) };
    }),
  };
}

/** Where the value at a path comes from. A path that leads nowhere has the value null and is a default. */
function provenanceOf(path: ProjectPath, scope: ProvenanceScope, alone: 'alone' | undefined): Provenance {
  const trail = followPath(path, scope);
  const value = trail.at(-1)?.value ?? null;
  if (path.length === 1 && path[0] === 'name') return { value, ...describeNameOrigin(scope.nameSource) };
  return {
    value,
    origin: describeOrigin(trail, path, scope),
    overrode: overriddenValues(trail, path, scope, alone),
  };
}

function followPath(path: ProjectPath, { tree, project, scalesReplicas }: ProvenanceScope): readonly TrailStep[] {
  const trail: TrailStep[] = [{ value: project, node: tree }];
  for (const [depth, key] of path.entries()) {
    const above = trail.at(-1);
    const value = memberValue(above?.value, key);
    const attribute = path[depth - 1] ?? '';
    const from = { attribute, value: above?.value ?? null };
    const scaled = scalesReplicas && depth === 3 ? scaledReplicas(trail, path) : undefined;
    const found = scaled ?? (above?.node && descend(above.node, from, key));
    trail.push(found === undefined ? { value } : { value, ...found });
  }
  return trail;
}

function memberValue(value: JsonValue | undefined, key: string): JsonValue {
  if (value === null || value === undefined || typeof value !== 'object') return null;
  const member: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  // Whatever is inside a JSON value is one.
  return (member ?? null) as JsonValue;
}

/** A service that has both `deploy` and `scale` takes its replicas from `scale`. */
function scaledReplicas(trail: readonly TrailStep[], path: ProjectPath): { readonly node: DocumentNode } | undefined {
  const [section, , attribute, member] = path;
  if (section !== 'services' || attribute !== 'deploy' || member !== 'replicas') return undefined;
  const node = memberOf(trail[2]?.node, 'scale');
  return node === undefined ? undefined : { node };
}

/** What the value replaced, and what replaced lists and mappings around it held in its place. */
function overriddenValues(
  trail: readonly TrailStep[],
  path: ProjectPath,
  scope: ProvenanceScope,
  alone: 'alone' | undefined,
): readonly OverriddenValue[] {
  const found: OverriddenValue[] = [];
  const add = (at: ProjectPath, node: DocumentNode): void => {
    // A text that came by two ways, such as an anchor, is no loss.
    if (node.origin?.unwritten !== undefined || isSamePlace(node, trail.at(-1)?.node)) return;
    const loser = [...trail.slice(0, at.length), { value: plainValue(node), node }];
    const spelled = spellProjectPath(scope.project, at);
    found.push({ path: spelled, value: plainValue(node), origin: describeOrigin(loser, at, scope) });
  };
  const outermost = alone === undefined ? 0 : trail.length - 1;
  for (let depth = trail.length - 1; depth >= outermost; depth -= 1) {
    const node = trail[depth]?.node;
    // A list that is made from one text is the same node as its items.
    if (node === undefined || node === trail[depth - 1]?.node) continue;
    for (const loser of replacedBy(node)) {
      if (depth === trail.length - 1) add(path, loser);
      else addBelow(loser, trail, path, depth, add);
    }
  }
  return found;
}

/** What a replaced list or mapping held at the rest of the path; the whole of it where the rest cannot be told. */
function addBelow(
  loser: DocumentNode,
  trail: readonly TrailStep[],
  path: ProjectPath,
  depth: number,
  add: (at: ProjectPath, node: DocumentNode) => void,
): void {
  let node: DocumentNode | undefined = loser;
  for (let step = depth; step < path.length && node !== undefined; step += 1) {
    const below = descendLoosely(node, path[step] ?? '', Array.isArray(trail[step]?.value));
    if (below === undefined && node.kind !== 'mapping') {
      // A name without anything is no value that could lose.
      if (!isNull(node)) add(path.slice(0, step), node);
      return;
    }
    node = below;
  }
  if (node === undefined) return;
  add(path, node);
  for (const earlier of replacedBy(node)) add(path, earlier);
}

function isSamePlace(a: DocumentNode, b: DocumentNode | undefined): boolean {
  return a.span.source === b?.span.source && a.span.start === b.span.start && a.span.end === b.span.end;
}
