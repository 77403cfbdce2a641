import type { Service } from '../project/service.ts';

/** `security_opt` as the engine takes it. */
export interface SecurityOptions {
  readonly SecurityOpt: readonly string[];
  /** `systempaths=unconfined`: nothing below /proc and /sys is masked. */
  readonly unmasked: boolean;
}

const PROFILE = /^seccomp[=:](?<path>.+)$/;

/** Paths of the seccomp profiles a service names; their text is an input of planning. */
export function seccompProfilePaths(service: Service): readonly string[] {
  return (service.security_opt ?? []).flatMap((option) => {
    const path = PROFILE.exec(option)?.groups?.['path'];
    return path === undefined || path === 'unconfined' || path === 'builtin' ? [] : [path];
  });
}

/**
 * The engine's form of `security_opt` (spec-facts section 25.72): a seccomp profile is inlined as compact JSON, taken
 * from the given texts by the path as written. A profile without text keeps its path, which the engine refuses.
 */
export function securityOptions(service: Service, profiles: ReadonlyMap<string, string>): SecurityOptions {
  const options = service.security_opt ?? [];
  return {
    unmasked: options.includes('systempaths=unconfined'),
    SecurityOpt: options
      .filter((option) => option !== 'systempaths=unconfined')
      .map((option) => {
        const path = PROFILE.exec(option)?.groups?.['path'];
        const text = path === undefined ? undefined : profiles.get(path);
        return text === undefined ? option : `seccomp=${compactJson(text)}`;
      }),
  };
}

function compactJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    // The engine names the fault in a profile that is not JSON.
    return text;
  }
}
