import { unreachable } from '../diagnostics/unreachable.ts';
import type { EmitEvent } from '../events/event-stamp.ts';
import type { Plan, PlanNotice } from '../plan/plan.ts';

/** Says what a plan leaves as it is, and what it warns of. */
export function announceNotices({ notices }: Plan, emit: EmitEvent): void {
  for (const notice of notices) {
    switch (notice.kind) {
      case 'up-to-date':
      case 'kept':
      case 'skipped':
        announceUnchanged(notice, emit);
        break;
      case 'orphans':
      case 'warning': {
        const service = serviceName(notice);
        emit({ type: 'warning', text: notice.text, ...(service === undefined ? {} : { service }) });
        break;
      }
      default:
        unreachable(notice.kind);
    }
  }
}

function announceUnchanged(notice: PlanNotice, emit: EmitEvent): void {
  const { address, text } = notice;
  if (address === undefined) return;
  const service = serviceName(notice);
  const name = notice.name ?? address.slice(address.indexOf(':') + 1);
  emit({ type: 'resource-unchanged', address, name, text, ...(service === undefined ? {} : { service }) });
}

function serviceName({ address }: PlanNotice): string | undefined {
  const [kind, service] = address?.split(':') ?? [];
  return kind === 'container' || kind === 'service' ? service : undefined;
}
