import type { DesiredService } from './desired-state.ts';

/** What of a service matters to the start of containers that exist. */
export type StartableService = Pick<
  DesiredService,
  'name' | 'dependencies' | 'files' | 'runOnce' | 'ready' | 'hooks' | 'oneOff'
>;
