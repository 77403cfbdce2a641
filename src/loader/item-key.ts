import type { DocumentNode } from '../document/node.ts';
import { parseDeviceSpecification } from '../project/device-specification.ts';
import { parseVolumeSpecification } from '../project/volume-specification.ts';
import { memberOf, memberText, textOf } from './tree/nodes.ts';

/** What makes an item of a list the same as another one. */
export type ItemKeyKind =
  /** The text before the first `=`. */
  | 'assignment'
  /** The whole text, of a number too. */
  | 'text'
  | 'volume'
  | 'device'
  | 'port'
  | 'secret'
  | 'config'
  | 'env-file';

/** The key of an item, or undefined for one that has none and is always kept. */
export function itemKey(kind: ItemKeyKind, item: DocumentNode): string | undefined {
  switch (kind) {
    case 'assignment':
      return textOf(item)?.split('=', 1)[0];
    case 'text':
      return item.kind === 'scalar' ? String(item.value) : undefined;
    case 'volume':
      return shortOrTarget(item, (text) => parseVolumeSpecification(text).target);
    case 'device':
      return shortOrTarget(item, (text) => parseDeviceSpecification(text).target);
    case 'port':
      return portKey(item);
    case 'secret':
      return fileKey(item, '/run/secrets');
    case 'config':
      return fileKey(item, '');
    case 'env-file':
      return textOf(item) ?? memberText(item, 'path');
  }
}

function shortOrTarget(item: DocumentNode, parse: (text: string) => string): string | undefined {
  const short = textOf(item);
  if (short === undefined) return memberText(item, 'target');
  try {
    return parse(short);
  } catch {
    return undefined;
  }
}

function portKey(item: DocumentNode): string | undefined {
  if (item.kind === 'scalar') return String(item.value);
  if (item.kind === 'sequence') return undefined;
  const part = (name: string): string | undefined => {
    const node = memberOf(item, name);
    return node?.kind === 'scalar' ? String(node.value) : undefined;
  };
  const [address = '0.0.0.0', published = '', protocol = 'tcp'] = [
    part('host_ip'),
    part('published'),
    part('protocol'),
  ];
  return `${address}:${published}:${part('target') ?? ''}/${protocol}`;
}

function fileKey(item: DocumentNode, folder: string): string | undefined {
  const short = textOf(item);
  const source = short ?? memberText(item, 'source');
  return memberText(item, 'target') ?? (source === undefined ? undefined : `${folder}/${source}`);
}
