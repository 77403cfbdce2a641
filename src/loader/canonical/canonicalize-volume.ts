import type { DocumentNode } from '../../document/node.ts';
import { parseVolumeSpecification } from '../../project/volume-specification.ts';
import { changeMember, madeFrom, nodeFromPlain, textOf, withDefaultMembers } from '../tree/nodes.ts';
import { attempt, type CanonicalScope } from './canonical-scope.ts';

/** Turns a short volume into a mount (spec-facts section 21). */
export function canonicalizeVolume(item: DocumentNode, path: string, scope: CanonicalScope): DocumentNode {
  const text = textOf(item);
  if (text === undefined) return item;
  // Variables do not keep a volume from being read.
  return attempt(item, path, { ...scope, lenient: false }, () => {
    const { bind, volume, ...mount } = parseVolumeSpecification(text);
    const long = nodeFromPlain(
      {
        type: mount.type,
        source: mount.source,
        target: mount.target,
        read_only: mount.read_only,
        bind: bind === undefined ? undefined : { ...bind },
        volume: volume === undefined ? undefined : { nocopy: volume.nocopy },
      },
      item.span,
    );
    const made = madeFrom(long, item);
    if (made.kind !== 'mapping') return made;
    return changeMember(made, 'bind', (options) => withDefaultMembers(options, ['create_host_path']));
  });
}
