import type { Named } from '../project/project.ts';
import type { Deploy, Service } from '../project/service.ts';

/** Copies `scale` into `deploy.replicas` where a `deploy` section exists (spec-facts 18.14). */
export function scaleToReplicas(services: Named<Service>): Named<Service> {
  const copied = Object.create(null) as Record<string, Service>;
  for (const [name, service] of Object.entries(services)) {
    const { deploy, scale } = service;
    copied[name] =
      deploy === undefined || scale === undefined ? service : { ...service, deploy: withReplicas(deploy, scale) };
  }
  return copied;
}

/** `mode` and `replicas` are printed first. */
function withReplicas(deploy: Deploy, replicas: number): Deploy {
  const { mode, ...rest } = deploy;
  const first = { ...(mode === undefined ? {} : { mode }), replicas };
  return { ...first, ...rest, ...first };
}
