import type { RegistrySurroundings } from '../connect/connect-registry.ts';
import type { Session } from './session.ts';

/** What connections to registries take from this process. */
export function registrySurroundingsOf({ host, flags }: Session): RegistrySurroundings {
  return {
    environment: host.environment,
    homeDirectory: host.homeDirectory,
    ...(flags.insecureRegistry === undefined ? {} : { insecureRegistries: flags.insecureRegistry }),
  };
}
