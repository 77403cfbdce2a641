import type { ContainerCreateRequest } from '../engine/container.ts';
import type { ExecRequest } from '../engine/engine.ts';
import type { Named } from '../project/project.ts';
import type { Hook, Service } from '../project/service.ts';
import { HOOK_LABEL, PROJECT_LABEL, SERVICE_LABEL, VERSION_LABEL } from './labels.ts';
import { filled, nonBlank, withoutUndefined } from './without-undefined.ts';

/** A command that runs in a container of its own before a service starts. */
export interface PreStartHook {
  readonly image: string;
  readonly platform: string | undefined;
  /** The create request but for networks and for the volumes, which are those of a container of the service. */
  readonly request: ContainerCreateRequest;
  /** Engine names of the networks it joins, primary first. */
  readonly networks: readonly string[];
}

/** What a service runs beside its containers (compose-surface 4.5). */
export interface ServiceHooks {
  /** Once for the service, one after the other, before the first replica of one that does not run at all. */
  readonly preStart: readonly PreStartHook[];
  /** In each container after its start. */
  readonly postStart: readonly ExecRequest[];
  /** In each container before its stop. */
  readonly preStop: readonly ExecRequest[];
}

/** Of a service that has none. */
export const noHooks: ServiceHooks = { preStart: [], postStart: [], preStop: [] };

/** What the hooks of a service share with its containers. */
interface HookSurroundings {
  readonly image: string;
  readonly platform: string | undefined;
  readonly template: ContainerCreateRequest;
  readonly networks: readonly string[];
}

/** Reads the hooks of a service. */
export function serviceHooks(service: Service, surroundings: HookSurroundings): ServiceHooks {
  return {
    preStart: (service.pre_start ?? []).map((hook) => preStartHook(hook, surroundings)),
    postStart: (service.post_start ?? []).map(execRequest),
    preStop: (service.pre_stop ?? []).map(execRequest),
  };
}

function preStartHook(hook: Hook, { image, platform, template, networks }: HookSurroundings): PreStartHook {
  const own = nonBlank(hook.image) ?? image;
  const labels = template.Labels ?? {};
  const shared = [PROJECT_LABEL, SERVICE_LABEL, VERSION_LABEL].map((label) => [label, labels[label] ?? ''] as const);
  return {
    image: own,
    platform,
    networks,
    request: withoutUndefined<ContainerCreateRequest>({
      Image: own,
      Cmd: hook.command ?? undefined,
      User: nonBlank(hook.user),
      WorkingDir: nonBlank(hook.working_dir),
      Env: filled(joined(template.Env ?? [], entries(hook.environment))),
      Labels: { ...Object.fromEntries(shared), [HOOK_LABEL]: 'pre_start' },
      HostConfig: withoutUndefined({
        NetworkMode: template.HostConfig?.NetworkMode,
        Privileged: hook.privileged === true ? true : undefined,
      }),
    }),
  };
}

/** Later entries win over earlier ones of the same name. */
function joined(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Map(lists.flat().map((entry) => [entry.split('=', 1)[0] ?? entry, entry])).values()];
}

function execRequest(hook: Hook): ExecRequest {
  return withoutUndefined<ExecRequest>({
    Cmd: hook.command ?? [],
    User: nonBlank(hook.user),
    Privileged: hook.privileged === true ? true : undefined,
    WorkingDir: nonBlank(hook.working_dir),
    Env: filled(entries(hook.environment)),
  });
}

function entries(environment: Named<string | null> | undefined): readonly string[] {
  return Object.entries(environment ?? {}).map(([name, value]) => (value === null ? name : `${name}=${value}`));
}
