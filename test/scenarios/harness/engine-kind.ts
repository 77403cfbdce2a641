import { readEngine } from './engine-api.ts';

/** What an engine is not able to do, whoever asks. */
export interface EngineKind {
  /** Its networks are not those of this machine: containers have no addresses here. */
  readonly rootless: boolean;
  readonly podman: boolean;
  /** Nothing freezes or limits processes. */
  readonly withoutControlGroups: boolean;
}

/** Asks the engine of the tests. */
export async function engineKind(): Promise<EngineKind> {
  const information = await readEngine<{
    readonly SecurityOptions?: readonly string[] | null;
    readonly CgroupDriver?: string;
    readonly CgroupVersion?: string;
    /** Podman's. */
    readonly Rootless?: boolean;
  }>('/info');
  const { SecurityOptions: options, CgroupDriver: driver, CgroupVersion: version } = information;
  const { Components: components } = await readEngine<{ readonly Components?: readonly { readonly Name: string }[] }>(
    '/version',
  );
  const podman = (components ?? []).some(({ Name: name }) => name.startsWith('Podman'));
  const rootless =
    information.Rootless === true || (options ?? []).some((option) => option.startsWith('name=rootless'));
  return { rootless, podman, withoutControlGroups: driver === 'none' || (rootless && version === '1') };
}

/** Why a test is skipped that needs control groups. */
export const controlGroupsNeeded = 'not available here: control groups, which freeze and limit processes';
