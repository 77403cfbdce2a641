import { valueInvalid } from '../../diagnostics/value-diagnostics.ts';
import type { DocumentNode, MappingNode } from '../../document/node.ts';
import type { JsonValue, Named } from '../../project/project.ts';
import type { Findings } from '../findings.ts';
import { plainValue } from '../tree/plain-value.ts';

/** What binding notes its findings in. */
export interface BindScope {
  readonly findings: Findings;
  /** Whether `x-*` members below services stay; only the YAML form of `config` shows them. */
  readonly keepExtensions: boolean;
}

/** Where binding stands. */
export interface BindPlace {
  readonly path: string;
  readonly scope: BindScope;
}

/**
 * Reads a canonical node as a typed value. Undefined means "leave it out": a zero value, or one that cannot be read,
 * about which a diagnostic was noted.
 */
export type Reader<T> = (node: DocumentNode, place: BindPlace) => T | undefined;

/** A reader per member, in the order the members are printed. */
export type MemberReaders<T extends object> = { readonly [K in keyof T]-?: Reader<Exclude<T[K], undefined>> };

/** The place of a member. */
export function below(place: BindPlace, key: string | number): BindPlace {
  return { path: `${place.path}.${String(key)}`, scope: place.scope };
}

/** Notes that a value cannot be read. */
export function refuse(node: DocumentNode, place: BindPlace, problem: string): undefined {
  place.scope.findings.add(valueInvalid(place.path, problem, node.span));
  return undefined;
}

/** Runs a grammar; what it throws becomes a diagnostic. */
export function attemptRead<T>(node: DocumentNode, place: BindPlace, read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return refuse(node, place, thrown.message);
  }
}

/**
 * Reads a mapping with known members. Members that are not there take their default, if there is one. `x-*` members
 * join them when the scope keeps extensions, unless the caller looks after them itself.
 */
export function readObject<T extends object>(
  readers: MemberReaders<T>,
  defaults: Partial<T> = {},
  extensions: 'scope' | 'caller' = 'scope',
): Reader<T> {
  const members = Object.entries(readers) as readonly (readonly [string, Reader<unknown>])[];
  const fallbacks = new Map<string, unknown>(Object.entries(defaults));
  return (node, place) => {
    if (node.kind !== 'mapping') return undefined;
    const bound: Record<string, unknown> = {};
    for (const [name, read] of members) {
      const member = node.entries.get(name)?.value;
      const value = member === undefined ? undefined : read(member, below(place, name));
      if (value !== undefined) bound[name] = value;
      else if (fallbacks.has(name)) bound[name] = fallbacks.get(name);
    }
    if (place.scope.keepExtensions && extensions === 'scope') Object.assign(bound, extensionsOf(node));
    // The schema has made sure that required members are there, and each reader returns its member's type.
    return bound as T;
  };
}

/** Reads a mapping that is of no use without one member; `problem` says what is missing. */
export function readRequiring<T extends object>(member: keyof T, problem: string, read: Reader<T>): Reader<T> {
  return (node, place) => {
    // A short form is still here when it could not be read; that has been told.
    if (node.kind !== 'mapping') return undefined;
    const value = read(node, place);
    return value === undefined || value[member] === undefined ? refuse(node, place, problem) : value;
  };
}

/** The `x-*` members of a mapping; undefined when there are none. */
export function extensionsOf(node: MappingNode): Named<JsonValue> | undefined {
  let found: Record<string, JsonValue> | undefined;
  for (const [key, entry] of node.entries) {
    if (!key.startsWith('x-')) continue;
    found ??= Object.create(null) as Record<string, JsonValue>;
    found[key] = plainValue(entry.value);
  }
  return found;
}

/** Reads a list; an empty one is left out, and so are items that cannot be read. */
export function readList<T>(read: Reader<T>): Reader<readonly T[]> {
  return (node, place) => {
    if (node.kind !== 'sequence' || node.items.length === 0) return undefined;
    const items: T[] = [];
    for (const [index, item] of node.items.entries()) {
      const value = read(item, below(place, index));
      if (value !== undefined) items.push(value);
    }
    return items;
  };
}

/** Reads a mapping with user-chosen keys, in the order of the keys; an empty one is left out. */
export function readNamed<T>(read: Reader<T>): Reader<Named<T>> {
  return (node, place) => {
    if (node.kind !== 'mapping' || node.entries.size === 0) return undefined;
    const named = Object.create(null) as Record<string, T>;
    for (const key of [...node.entries.keys()].sort()) {
      const entry = node.entries.get(key);
      const value = entry === undefined ? undefined : read(entry.value, below(place, key));
      if (value !== undefined) named[key] = value;
    }
    return named;
  };
}

/** Null as null, anything else by its reader. */
export function readNullable<T>(read: Reader<T>): Reader<T | null> {
  return (node, place) => (node.kind === 'scalar' && node.value === null ? null : read(node, place));
}
