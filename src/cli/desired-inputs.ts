import { readFile } from 'node:fs/promises';
import type { DesiredInputs } from '../compose/up-options.ts';
import { loginsForContainers } from '../connect/docker-credentials.ts';
import { localHostNetwork } from '../connect/local-host-network.ts';
import { proxyEnvironment } from '../connect/proxy-environment.ts';
import type { Engine } from '../engine/engine.ts';
import type { Session } from './session.ts';

/** What the desired state takes from this process beside the project. */
export async function desiredInputsOf({ flags, host }: Session, engine: Engine): Promise<DesiredInputs> {
  const hostNetwork = localHostNetwork(engine.description.endpoint);
  return {
    ...(flags.compatibility === true ? { compatibility: true } : {}),
    containerEnvironment: await proxyEnvironment(host, engine.description.endpoint),
    readText: (path) => readFile(path, 'utf8'),
    ...(hostNetwork === undefined ? {} : { hostNetwork }),
    registryLogins: () => loginsForContainers(host),
  };
}
