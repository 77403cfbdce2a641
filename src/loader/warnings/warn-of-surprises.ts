import type { MappingNode } from '../../document/node.ts';
import type { Named } from '../../project/project.ts';
import type { Service } from '../../project/service.ts';
import type { LoadSession } from '../load-session.ts';
import { warnOfMissingSources } from './missing-sources.ts';
import { warnOfOptionalDependencies } from './optional-dependencies.ts';
import { warnOfRepeatedPorts } from './repeated-ports.ts';
import { warnOfRewrittenValues } from './rewritten-values.ts';

/** What of a loaded project is looked at. */
export interface SurprisingParts {
  /** The services that are wanted. */
  readonly services: Named<Service>;
  readonly disabled: Named<Service>;
  /** Where everything is written. */
  readonly tree: MappingNode;
}

/** Warns of what is right and yet does something else than its reader expects. Refuses nothing. */
export async function warnOfSurprises(parts: SurprisingParts, session: LoadSession): Promise<void> {
  const { findings, request } = session;
  warnOfRepeatedPorts(parts, findings);
  warnOfRewrittenValues(parts, findings);
  warnOfOptionalDependencies(parts, findings);
  if (request.resolvePaths !== false) await warnOfMissingSources(parts, session);
}
