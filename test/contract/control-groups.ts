import type { Engine } from '../../src/engine/engine.ts';

/** What is missing on a rootless engine of a machine with control groups of version 1. */
export const controlGroupsNeeded = 'not available here: control groups, which freeze, limit and list processes';

/** Whether the engine runs containers without control groups. */
export async function lacksControlGroups(engine: Engine): Promise<boolean> {
  const { cgroupDriver: driver, cgroupVersion: version, rootless } = await engine.information();
  return driver === 'none' || (rootless && version === '1');
}
