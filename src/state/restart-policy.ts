import type { HostConfig } from '../engine/container.ts';
import type { Service } from '../project/service.ts';
import { withoutUndefined } from './without-undefined.ts';

type RestartPolicy = NonNullable<HostConfig['RestartPolicy']>;

/** `HostConfig.RestartPolicy`: `deploy.restart_policy` over `restart` (spec-facts sections 25.68 and 27.13). */
export function restartPolicy(service: Service): RestartPolicy | undefined {
  const declared = service.deploy?.restart_policy;
  if (declared !== undefined) {
    const attempts = declared.max_attempts ?? 0;
    return withoutUndefined<RestartPolicy>({
      Name: engineName(declared.condition),
      MaximumRetryCount: attempts === 0 ? undefined : attempts,
    });
  }
  if (service.restart === undefined || service.restart === '') return undefined;
  const [name = '', attempts] = service.restart.split(':');
  return attempts === undefined ? { Name: name } : { Name: name, MaximumRetryCount: Number(attempts) };
}

/** Whether the engine starts a container of this service that has failed again each time: with `on-failure:3` it gives up. */
export function restarts(service: Service): boolean {
  const { Name: name = '', MaximumRetryCount: attempts = 0 } = restartPolicy(service) ?? {};
  return ['always', 'unless-stopped'].includes(name) || (name === 'on-failure' && attempts === 0);
}

function engineName(condition: string | undefined): string {
  switch (condition) {
    case 'none':
    case 'no':
      return 'no';
    case undefined:
    case '':
    case 'any':
    case 'always':
      return 'always';
    default:
      return condition;
  }
}
