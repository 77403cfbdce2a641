import type { DocumentNode } from '../document/node.ts';
import { printJson } from '../document/print-json.ts';
import { type PrintableValue, printYaml } from '../document/print-yaml.ts';
import type { JsonValue, Named, Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import { compareNaturally } from './natural-order.ts';
import { plainValue } from './tree/plain-value.ts';

/** How `config` prints. */
export type ConfigFormat = 'json' | 'yaml';

type Printable = { readonly [key: string]: PrintableValue | undefined };

/**
 * Renders a project as `config` prints it (spec-facts section 4, compose-surface 2.9). Every `$` is doubled, so that the
 * text can be loaded again. For YAML the project is one that was loaded with its nested extensions kept.
 */
export function renderConfig(project: Project, format: ConfigFormat): string {
  const text = format === 'json' ? printJson(jsonForm(project), 2) : printYaml(configForm(project));
  return text.replaceAll('$', '$$$$');
}

/** What the YAML form of `config` prints, before `$` is doubled. */
export function configForm(project: Project): JsonValue {
  return inKeyOrder(yamlForm(project));
}

/** Renders a model that was not bound: `config --no-interpolate`. Nothing is doubled. */
export function renderRawModel(model: DocumentNode, projectName: string | undefined, format: ConfigFormat): string {
  const value = rawForm(model, projectName);
  return format === 'json' ? printJson(sorted(value), 2) : printYaml(value);
}

/** What `config --no-interpolate` prints; without a project name the model's own stays. */
export function rawForm(model: DocumentNode, projectName: string | undefined): JsonValue {
  const members = { ...asObject(plainValue(model)), ...(projectName === undefined ? {} : { name: projectName }) };
  return inKeyOrder(named(Object.entries(members)));
}

function asObject(value: JsonValue): Named<JsonValue> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Named<JsonValue>) : {};
}

function sorted(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => sorted(item));
  return sortedNamed(Object.entries(value).map(([key, member]) => [key, sorted(member)]));
}

function sortedNamed<T>(members: readonly (readonly [string, T])[]): Named<T> {
  return named(members.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function named<T>(members: Iterable<readonly [string, T]>): Named<T> {
  const result = Object.create(null) as Record<string, T>;
  for (const [key, value] of members) result[key] = value;
  return result;
}

function mapNamed<T, R>(values: Named<T>, change: (value: T) => R): Named<R> {
  return named(Object.entries(values).map(([key, value]) => [key, change(value)]));
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

/** A section only when it has members. */
function section<T extends object>(name: string, values: Named<T>, change: (value: T) => Printable): Printable {
  return isEmpty(values) ? {} : { [name]: mapNamed(values, change) };
}

function jsonForm(project: Project): Printable {
  const extensions = mapNamed(project.extensions, nullForEmptyLists);
  const withName = <T extends { readonly name: string }>({ name, ...rest }: T): Printable =>
    printable(name === '' ? rest : { name, ...rest });
  return {
    ...section('configs', project.configs, withName),
    name: project.name,
    ...section('networks', project.networks, withName),
    ...section('secrets', project.secrets, withName),
    services: mapNamed(project.services, jsonService),
    ...section('volumes', project.volumes, withName),
    ...extensions,
  };
}

function jsonService(service: Service): Printable {
  const { ulimits } = service;
  const limits = ulimits === undefined ? {} : { ulimits: mapNamed(ulimits, jsonUlimit) };
  return printable({ ...service, ...limits, extensions: undefined });
}

/** Zero limits are left out, which makes a single zero an empty object (spec-facts 31.5). */
function jsonUlimit(limit: NonNullable<Service['ulimits']>[string]): number | { soft?: number; hard?: number } {
  if (typeof limit === 'number') return limit === 0 ? {} : limit;
  return { ...(limit.soft === 0 ? {} : { soft: limit.soft }), ...(limit.hard === 0 ? {} : { hard: limit.hard }) };
}

/** Docker Compose sorts the keys of an extension in JSON and prints its empty lists as null (spec-facts 5.15). */
function nullForEmptyLists(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((item: JsonValue) => nullForEmptyLists(item));
  return sortedNamed(Object.entries(value).map(([key, member]) => [key, nullForEmptyLists(member)]));
}

function yamlForm(project: Project): Printable {
  const withoutEmpty = <T extends { readonly name: string }>(resource: T): Printable =>
    without(
      printable(resource),
      (key, value) => (key === 'ipam' && isEmptyMapping(value)) || (key === 'name' && value === ''),
    );
  return {
    name: project.name,
    services: mapNamed(project.services, yamlService),
    ...section('networks', project.networks, withoutEmpty),
    ...section('volumes', project.volumes, withoutEmpty),
    ...section('secrets', project.secrets, withoutEmpty),
    ...section('configs', project.configs, withoutEmpty),
    ...(isEmpty(project.models) ? {} : { models: project.models }),
    ...project.extensions,
  };
}

function without(members: Printable, drop: (key: string, value: PrintableValue | undefined) => boolean): Printable {
  return Object.fromEntries(Object.entries(members).filter(([key, value]) => !drop(key, value)));
}

function isEmptyMapping(value: PrintableValue | undefined): boolean {
  return value !== null && typeof value === 'object' && isEmpty(value);
}

function yamlService(service: Service): Printable {
  const changed: Record<string, PrintableValue | undefined> = {};
  for (const [name, value] of Object.entries(printable(service))) {
    const unset = value === null && (name === 'command' || name === 'entrypoint');
    if (!unset && name !== 'extensions') changed[name] = yamlAttribute(name, value);
  }
  return { ...changed, ...service.extensions };
}

function yamlAttribute(name: string, value: PrintableValue | undefined): PrintableValue | undefined {
  if (!isMembers(value)) return Array.isArray(value) ? withoutNullCommands(value) : value;
  switch (name) {
    case 'deploy':
      return without(value, (key, member) => (key === 'resources' || key === 'placement') && isEmptyMapping(member));
    case 'ulimits':
      return mapNamed(value, (limit) => (limit === 0 ? { soft: 0, hard: 0 } : limit));
    case 'blkio_config':
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, lowerCaseMembers(member)]));
    case 'develop':
      return withoutNullCommands(value);
    default:
      return value;
  }
}

function isMembers(value: PrintableValue | undefined): value is Printable {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function lowerCaseMembers(value: PrintableValue | undefined): PrintableValue | undefined {
  if (!Array.isArray(value)) return value;
  return value.map((item: PrintableValue) =>
    isMembers(item)
      ? Object.fromEntries(Object.entries(item).map(([key, member]) => [key.toLowerCase(), member]))
      : item,
  );
}

/** Hooks without their null command; an `exec` that has nothing else is left out. */
function withoutNullCommands(value: PrintableValue): PrintableValue {
  if (Array.isArray(value)) return value.map((item: PrintableValue) => withoutNullCommands(item));
  if (!isMembers(value) || Object.getPrototypeOf(value) === null) return value;
  const members = Object.entries(value)
    .filter(([key, member]) => !(key === 'command' && member === null))
    .map(([key, member]): [string, PrintableValue] => [key, withoutNullCommands(member ?? null)])
    .filter(([key, member]) => !(key === 'exec' && isEmptyMapping(member)));
  return Object.fromEntries(members);
}

/** Puts the members of mappings with user-chosen keys in order: those without a prototype. The others have theirs. */
function inKeyOrder(value: PrintableValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (!isMembers(value)) return value.map(inKeyOrder);
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [[key, inKeyOrder(member)] as const],
  );
  if (Object.getPrototypeOf(value) !== null) return Object.fromEntries(members);
  return named(members.toSorted(([a], [b]) => compareNaturally(a, b)));
}

/** Every member of the project model is JSON. */
function printable(value: object): Printable {
  return value as Printable;
}
