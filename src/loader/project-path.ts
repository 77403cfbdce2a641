import type { JsonValue } from '../project/project.ts';
import type { ProjectPath } from './provenance.ts';

/** Where a path written by a user leads. */
export type FoundPath = { readonly found: true; readonly path: ProjectPath } | MissedPath;

/** A path that leads nowhere. */
export interface MissedPath {
  readonly found: false;
  /** The part that leads somewhere. */
  readonly path: ProjectPath;
  /** The name or index that is not there. */
  readonly missing: string;
  /** What follows the missing name, as written. */
  readonly rest: string;
  /** What is there instead: names, or as many items. */
  readonly known: readonly string[] | number;
}

/**
 * Follows a path such as `services.web.ports[1]` into a project. A name that holds dots is found as it is
 * (`services.web.labels.com.example.team`), the longest that fits first; it may also stand in quotes or in `["..."]`.
 */
export function findProjectPath(project: JsonValue, text: string): FoundPath {
  const path: string[] = [];
  let value = project;
  let rest = text.trim();
  while (rest !== '') {
    const known = namesIn(value);
    const { name, length } = nextStep(rest, known);
    const member = memberNamed(value, name);
    if (member === undefined) {
      return {
        found: false,
        path,
        missing: name,
        rest: rest.slice(length),
        known: isList(value) ? value.length : known,
      };
    }
    path.push(name);
    value = member;
    rest = rest.slice(length);
  }
  return { found: true, path };
}

/** Writes a path so that {@link findProjectPath} finds it again: `services.web.ports[1]`. */
export function spellProjectPath(project: JsonValue, path: ProjectPath): string {
  let spelled = '';
  let value: JsonValue | undefined = project;
  for (const step of path) {
    if (value !== undefined && isList(value)) spelled += `[${step}]`;
    else spelled += `${spelled === '' ? '' : '.'}${/^[^\s."'[\]]+$/.test(step) ? step : JSON.stringify(step)}`;
    value = memberNamed(value, step);
  }
  return spelled;
}

/** The name that a path goes on with, and how much of the path it takes. */
function nextStep(text: string, known: readonly string[]): { readonly name: string; readonly length: number } {
  const dot = text.startsWith('.') ? 1 : 0;
  const here = text.slice(dot);
  const bracketed = /^\[\s*(?:(\d+)|("(?:[^"\\]|\\.)*"))\s*\]|^("(?:[^"\\]|\\.)*")/.exec(here);
  if (bracketed !== null) {
    const [all, index, inBrackets, quoted] = bracketed;
    return { name: index ?? unquoted(inBrackets ?? quoted ?? ''), length: dot + all.length };
  }
  const fits = (name: string): boolean => here.startsWith(name) && /^$|^[.[]/.test(here.slice(name.length));
  const longest = known.reduce<string | undefined>(
    (best, name) => (name !== '' && fits(name) && name.length > (best?.length ?? 0) ? name : best),
    undefined,
  );
  const name = longest ?? /^[^.[]+/.exec(here)?.[0] ?? here;
  return { name, length: dot + name.length };
}

function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}

function namesIn(value: JsonValue): readonly string[] {
  return value === null || typeof value !== 'object' || isList(value) ? [] : Object.keys(value);
}

function memberNamed(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (value === null || value === undefined || typeof value !== 'object') return undefined;
  if (isList(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
