import type { Named } from '../project/project.ts';
import type { Service } from '../project/service.ts';

/** The services of a project, split by its active profiles. */
export interface ProfiledServices {
  readonly enabled: Named<Service>;
  readonly disabled: Named<Service>;
  readonly profiles: readonly string[];
  /** Those that are enabled only because one of them was named on the command line. */
  readonly enabledByName: ReadonlySet<string>;
}

/**
 * The profiles a user asks for: flags, else COMPOSE_PROFILES (spec-facts 2.9). Who asks for none asks for the one without a
 * name, which a service may have through a variable that is not set.
 */
export function requestedProfiles(flags: readonly string[], environment: Named<string>): readonly string[] {
  if (flags.length > 0) return flags;
  return (environment['COMPOSE_PROFILES'] ?? '').split(',').map((profile) => profile.trim());
}

/**
 * Enables the services without profiles and those with an active one (spec-facts section 15). A disabled service that
 * is named on the command line makes its own profiles active, for every service.
 */
export function applyProfiles(
  services: Named<Service>,
  requested: readonly string[],
  named: readonly string[],
): ProfiledServices {
  const asked = new Set(requested);
  const added = named.flatMap((name) => {
    const service = services[name];
    return service === undefined || isEnabled(service, asked) ? [] : (service.profiles ?? []);
  });
  const active = new Set([...requested, ...added]);
  const enabled = Object.create(null) as Record<string, Service>;
  const disabled = Object.create(null) as Record<string, Service>;
  for (const [name, service] of Object.entries(services)) {
    (isEnabled(service, active) ? enabled : disabled)[name] = service;
  }
  const enabledByName = new Set(
    Object.entries(enabled).flatMap(([name, service]) => (isEnabled(service, asked) ? [] : [name])),
  );
  return { enabled, disabled, profiles: [...active].filter((profile) => profile !== ''), enabledByName };
}

function isEnabled(service: Service, active: ReadonlySet<string>): boolean {
  const { profiles = [] } = service;
  return profiles.length === 0 || active.has('*') || profiles.some((profile) => active.has(profile));
}
