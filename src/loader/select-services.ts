import { noSuchService } from '../diagnostics/consistency-diagnostics.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { Named } from '../project/project.ts';
import type { Dependency, Service } from '../project/service.ts';
import type { ProfiledServices } from './apply-profiles.ts';
import type { Findings } from './findings.ts';

/** What a selection needs beside the services. */
export interface SelectionScope {
  readonly findings: Findings;
  /** Keep only what is named, cut edges to everything else. */
  readonly withoutDependencies: boolean;
  /** Whether dependencies that lead nowhere have been reported, but for those of services enabled by their name. */
  readonly consistencyChecked: boolean;
  /** Where an edge is written. */
  readonly placeOf: (service: string, dependency: string) => SourceSpan;
}

/**
 * Keeps the named services with everything they depend on (spec-facts 2.13 and 2.14). A name may be a glob. Edges that
 * lead out of the selection are cut.
 */
export function selectServices(
  services: ProfiledServices,
  names: readonly string[],
  scope: SelectionScope,
): Named<Service> {
  const { enabled, disabled } = services;
  if (names.length === 0) return enabled;
  const known = Object.keys(enabled);
  const pending: string[] = [];
  for (const name of names) {
    const matches = namedServices(enabled, name);
    if (matches.length === 0 && !scope.findings.mayBeDefined('services', name)) {
      const suggestion = didYouMean(name, [...known, ...Object.keys(disabled)]);
      scope.findings.add(
        noSuchService(name, undefined, suggestion === undefined ? undefined : `did you mean ${suggestion}?`),
      );
    }
    pending.push(...matches);
  }
  const kept = new Set(pending);
  for (const name of pending) {
    if (scope.withoutDependencies) break;
    for (const [target, dependency] of Object.entries(enabled[name]?.depends_on ?? {})) {
      if (enabled[target] === undefined) {
        const told = scope.consistencyChecked && !(services.enabledByName.has(name) && disabled[target] !== undefined);
        if (dependency.required && !told) reportMissing(name, target, services, scope);
      } else if (!kept.has(target)) {
        kept.add(target);
        pending.push(target);
      }
    }
  }
  return keep(enabled, kept);
}

/** Leaves out who is enabled only because a named service has the same profile, and is not wanted. */
export function concernedServices(services: ProfiledServices, names: readonly string[]): ProfiledServices {
  const { enabled, enabledByName } = services;
  if (enabledByName.size === 0) return services;
  const wanted = new Set(names.flatMap((name) => namedServices(enabled, name)));
  for (const name of wanted) {
    for (const target of Object.keys(enabled[name]?.depends_on ?? {}))
      if (enabled[target] !== undefined) wanted.add(target);
  }
  const concerned = Object.create(null) as Record<string, Service>;
  for (const [name, service] of Object.entries(enabled)) {
    if (wanted.has(name) || !enabledByName.has(name)) concerned[name] = service;
  }
  return { ...services, enabled: concerned };
}

function namedServices(enabled: Named<Service>, name: string): readonly string[] {
  return enabled[name] === undefined ? Object.keys(enabled).filter(globMatcher(name)) : [name];
}

function reportMissing(name: string, target: string, services: ProfiledServices, scope: SelectionScope): void {
  const profiles = services.disabled[target]?.profiles;
  const hint =
    profiles === undefined
      ? undefined
      : `"${target}" is disabled; enable it with --profile ${profiles.join(' or --profile ')}`;
  scope.findings.add(noSuchService(target, scope.placeOf(name, target), hint));
}

function keep(services: Named<Service>, kept: ReadonlySet<string>): Named<Service> {
  const selected = Object.create(null) as Record<string, Service>;
  for (const [name, service] of Object.entries(services)) {
    if (kept.has(name)) selected[name] = withoutEdges(service, kept);
  }
  return selected;
}

function withoutEdges(service: Service, kept: ReadonlySet<string>): Service {
  const { depends_on: dependencies, ...rest } = service;
  if (dependencies === undefined || Object.keys(dependencies).every((target) => kept.has(target))) return service;
  const inside = Object.create(null) as Record<string, Dependency>;
  for (const [target, dependency] of Object.entries(dependencies)) if (kept.has(target)) inside[target] = dependency;
  return Object.keys(inside).length === 0 ? rest : { ...service, depends_on: inside };
}

/** Matches `*`, `?` and `[...]` as Go's `path.Match` does. */
function globMatcher(pattern: string): (name: string) => boolean {
  if (!/[*?[\\]/.test(pattern)) return () => false;
  const source = pattern.replace(/\\(.)|\[\^?[^\]]+\]|[\s\S]/g, (part, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped.replace(/\W/, '\\$&');
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.length > 1 ? part : part.replace(/\W/, '\\$&');
  });
  try {
    const expression = new RegExp(`^${source}$`);
    return (name) => expression.test(name);
  } catch {
    return () => false;
  }
}
