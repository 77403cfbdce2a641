import type { DocumentNode, MappingEntry, SequenceNode } from '../../document/node.ts';
import { asBuild } from '../merge-forms.ts';
import { entryOf, madeFrom, mapItems, mapMembers, mappingNode, scalarNode, textOf } from '../tree/nodes.ts';
import { attempt, type CanonicalScope } from './canonical-scope.ts';
import { fromText } from './short-forms.ts';

/** Turns the short forms of `build` into long forms. */
export function canonicalizeBuild(value: DocumentNode, path: string, scope: CanonicalScope): DocumentNode {
  const build = asBuild(value);
  if (build.kind !== 'mapping') return build;
  return mapMembers(build, (member, name) => {
    const at = `${path}.${name}`;
    switch (name) {
      case 'ssh':
        return member.kind === 'sequence' ? attempt(member, at, scope, () => sshMapping(member)) : member;
      case 'additional_contexts':
        return member.kind === 'sequence' ? attempt(member, at, scope, () => contextMapping(member)) : member;
      case 'secrets':
        return member.kind === 'sequence'
          ? mapItems(member, (item) => fromText(item, (text) => ({ source: text })))
          : member;
      case 'provenance':
      case 'sbom':
        return member.kind === 'scalar' && typeof member.value === 'boolean'
          ? madeFrom(scalarNode(String(member.value), member.span), member)
          : member;
      default:
        return member;
    }
  });
}

function keyedMapping(
  list: SequenceNode,
  read: (text: string) => readonly [key: string, value: string | null],
): DocumentNode {
  const entries = new Map<string, MappingEntry>();
  for (const item of list.items) {
    const text = textOf(item);
    if (text === undefined) return list;
    const [key, value] = read(text);
    entries.set(key, entryOf(key, madeFrom(scalarNode(value, item.span), item)));
  }
  return madeFrom(mappingNode(entries, list.span), list);
}

function sshMapping(list: SequenceNode): DocumentNode {
  return keyedMapping(list, (text) => {
    const equals = text.indexOf('=');
    if (equals === -1 && text !== 'default') throw new RangeError(`invalid ssh key "${text}"`);
    return equals === -1 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)];
  });
}

function contextMapping(list: SequenceNode): DocumentNode {
  return keyedMapping(list, (text) => {
    const equals = text.indexOf('=');
    if (equals === -1) throw new RangeError(`invalid value ${text}, expected key=value`);
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
}
