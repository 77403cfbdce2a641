import type { SourceSpan } from '../../diagnostics/source-text.ts';
import { portPublishedTwice } from '../../diagnostics/surprise-diagnostics.ts';
import type { DocumentNode } from '../../document/node.ts';
import type { Findings } from '../findings.ts';
import { memberOf } from '../tree/nodes.ts';
import { scalarText } from '../tree/plain-value.ts';
import type { SurprisingParts } from './warn-of-surprises.ts';

/** Warns of container ports that two layers publish: two files, or a service and one that it extends. */
export function warnOfRepeatedPorts({ services, tree }: SurprisingParts, findings: Pick<Findings, 'addOnce'>): void {
  const section = memberOf(tree, 'services');
  for (const name of Object.keys(services)) {
    const service = memberOf(section, name);
    const ports = memberOf(service, 'ports');
    if (service === undefined || ports?.kind !== 'sequence') continue;
    const first = new Map<string, SourceSpan>();
    for (const port of ports.items) {
      const key = publishedKey(port);
      if (key === undefined) continue;
      const known = first.get(key);
      if (known === undefined) first.set(key, port.span);
      else if (layerOf(known, service) !== layerOf(port.span, service)) {
        const places = `${placeOf(known)} ${placeOf(port.span)}`;
        findings.addOnce(`ports:${name}:${places}`, () => portPublishedTwice(name, key, port.span, known));
      }
    }
  }
}

/** The container port and protocol of a port that is published; one port may be published on several addresses. */
function publishedKey(port: DocumentNode): string | undefined {
  const textOf = (member: string): string => {
    const node = memberOf(port, member);
    return node?.kind === 'scalar' && node.value !== null ? scalarText(node) : '';
  };
  const [target, published, protocol, address] = ['target', 'published', 'protocol', 'host_ip'].map(textOf);
  if (published === '' || target === '') return undefined;
  const shown = `${target ?? ''}/${protocol === '' ? 'tcp' : (protocol ?? '')}`;
  return address === '' ? shown : `${shown} on ${address ?? ''}`;
}

/** A file, and in it the base that a service extends. */
function layerOf(span: SourceSpan, service: DocumentNode): string {
  const base = (service.origin?.extended ?? []).findIndex(
    ({ within }) => within.source === span.source && within.start <= span.start && span.end <= within.end,
  );
  return `${span.source.name}:${String(base)}`;
}

function placeOf({ source, start }: SourceSpan): string {
  return `${source.name}:${String(start)}`;
}
