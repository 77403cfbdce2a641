import type { Session } from './session.ts';
import { showNotice } from './show-notice.ts';

/** Says that a flag that was given goes by another name now. */
export function tellOldFlag(session: Session, old: string, name: string): void {
  showNotice(session, `${old} is deprecated, please use ${name} instead`, 'warning: ');
}
