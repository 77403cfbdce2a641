import type { SourceSpan } from '../../diagnostics/source-text.ts';
import { bindSourceMissing } from '../../diagnostics/surprise-diagnostics.ts';
import type { LoadSession } from '../load-session.ts';
import { memberOf, memberText } from '../tree/nodes.ts';
import type { SurprisingParts } from './warn-of-surprises.ts';

interface NamedSource {
  readonly service: string;
  readonly at: SourceSpan;
}

/**
 * Warns of bind mounts in short form whose path is not there, for the engine will create a folder. Says nothing when the
 * engine is on another machine, whose paths nobody can look at from here.
 */
export async function warnOfMissingSources({ services, tree }: SurprisingParts, session: LoadSession): Promise<void> {
  const { request, reader, findings } = session;
  if (/^(?:ssh|tcp|https?):/.test(request.environment['DOCKER_HOST'] ?? '')) return;
  const sources = new Map<string, NamedSource>();
  const section = memberOf(tree, 'services');
  for (const service of Object.keys(services)) {
    const mounts = memberOf(memberOf(section, service), 'volumes');
    for (const mount of mounts?.kind === 'sequence' ? mounts.items : []) {
      const creates = memberOf(memberOf(mount, 'bind'), 'create_host_path');
      const source = memberText(mount, 'source');
      // The long form writes create_host_path out; whoever did knows.
      if (creates?.origin?.unwritten !== 'default' || source === undefined || sources.has(source)) continue;
      sources.set(source, { service, at: mount.span });
    }
  }
  const missing = await Promise.all([...sources.keys()].map(async (path) => (await reader.kind(path)) === 'missing'));
  for (const [index, [path, { service, at }]] of [...sources].entries()) {
    if (missing[index] === true) findings.add(bindSourceMissing(service, path, at));
  }
}
