import type { DocumentNode } from '../../document/node.ts';
import { splitCommandWords } from '../../project/command-words.ts';
import { makeExtraHost, parseExtraHost } from '../../project/extra-host.ts';
import type { Named } from '../../project/project.ts';
import { textOf } from '../tree/nodes.ts';
import { attemptRead, type BindPlace, below, type Reader, readList, refuse } from './reader.ts';
import { readAnyText } from './scalar-readers.ts';

/** A list of texts; empty texts stay, an empty list is left out. */
export const readTexts: Reader<readonly string[]> = readList((node, place) => {
  if (node.kind !== 'scalar' || node.float !== true) return readAnyText(node, place);
  return refuse(node, place, `a text is expected, and this is the number ${node.text}: quote it`);
});

/** A list of texts, or one text. */
export const readTextOrTexts: Reader<readonly string[]> = (node, place) => {
  const text = textOf(node);
  return text === undefined ? readTexts(node, place) : [text];
};

/** A command: words of a text, a list as it is, null as null; an empty list stays, it clears what the image says. */
export const readCommand: Reader<readonly string[] | null> = (node, place) => {
  if (node.kind === 'sequence') return readTexts(node, place) ?? [];
  if (node.kind === 'mapping') return undefined;
  if (node.value === null) return null;
  const text = String(node.value);
  return attemptRead(node, place, () => splitCommandWords(text));
};

/** `KEY=VALUE` pairs of a list or mapping (spec-facts 17.10); a name without value is the empty text. */
export const readAssignments: Reader<Named<string>> = (node, place) => {
  const pairs = readPairs(node, place);
  return pairs === undefined ? undefined : toNamed(pairs.map(([key, value]) => [key, value ?? '']));
};

/** As {@link readAssignments}; a name without value is null. */
export const readNullableAssignments: Reader<Named<string | null>> = (node, place) => {
  const pairs = readPairs(node, place);
  return pairs === undefined ? undefined : toNamed(pairs);
};

/** As {@link readNullableAssignments}; the names are those of variables. */
export const readEnvironment: Reader<Named<string | null>> = (node, place) => {
  const pairs = readPairs(node, place);
  if (pairs === undefined) return undefined;
  for (const [key, , written] of pairs) {
    if (/[ \t-\r]$/.test(key)) refuse(written, place, `environment variable ${key} is declared with a trailing space`);
  }
  return toNamed(pairs);
};

function toNamed<T>(pairs: readonly (readonly [string, T, ...unknown[]])[]): Named<T> {
  const named = Object.create(null) as Record<string, T>;
  for (const [key, value] of pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) named[key] = value;
  return named;
}

function readPairs(
  node: DocumentNode,
  place: BindPlace,
): readonly [key: string, value: string | null, written: DocumentNode][] | undefined {
  if (node.kind === 'scalar') return undefined;
  const pairs: [string, string | null, DocumentNode][] = [];
  if (node.kind === 'mapping') {
    for (const [key, { value }] of node.entries) pairs.push([key, readAnyText(value, place) ?? null, value]);
  } else {
    for (const [index, item] of node.items.entries()) {
      const text = textOf(item);
      if (text === undefined) refuse(item, below(place, index), 'unexpected type, expected KEY=VALUE');
      else pairs.push([...splitPair(text), item]);
    }
  }
  return pairs.length === 0 ? undefined : pairs;
}

function splitPair(text: string): [string, string | null] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** `extra_hosts` as a sorted list of `host=ip`, one item per address (spec-facts 4.12 and 17.13). */
export const readExtraHosts: Reader<readonly string[]> = (node, place) => {
  const hosts: string[] = [];
  const add = (written: DocumentNode, read: () => readonly string[]): void => {
    hosts.push(...(attemptRead(written, place, read) ?? []));
  };
  if (node.kind === 'sequence') for (const item of node.items) add(item, () => parseHost(textOf(item) ?? ''));
  if (node.kind === 'mapping') {
    for (const { key, value } of node.entries.values()) {
      add(value, () => formatHost(makeExtraHost(key, readTextOrTexts(value, place) ?? [])));
    }
  }
  const isWritten = node.kind === 'mapping' && node.entries.size > 0;
  return hosts.length === 0 && !isWritten ? undefined : hosts.sort();
};

function parseHost(text: string): readonly string[] {
  return formatHost(parseExtraHost(text));
}

function formatHost({ host, addresses }: ReturnType<typeof parseExtraHost>): readonly string[] {
  return addresses.map((address) => `${host}=${address}`);
}
