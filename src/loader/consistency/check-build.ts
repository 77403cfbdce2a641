import { serviceInconsistent } from '../../diagnostics/consistency-diagnostics.ts';
import { didYouMean } from '../../diagnostics/did-you-mean.ts';
import { memberOf } from '../tree/nodes.ts';
import { type CheckedService, type ConsistencyScope, placeInService } from './consistency-scope.ts';

/** What a service is made from: an image, a build or a provider, and a build that makes sense. */
export function checkBuild({ name, service }: CheckedService, scope: ConsistencyScope): void {
  const { build, image, provider, platform } = service;
  const report = (problem: string, hint: string | undefined, ...steps: readonly string[]): void => {
    scope.findings.add(serviceInconsistent(name, problem, placeInService(scope, name, ...steps), hint));
  };
  const absent = build === undefined && image === undefined && provider === undefined;
  if (absent && !mayHaveLost(name, scope)) {
    report(`service "${name}" has neither an image nor a build context specified`, 'add image: or build:');
  }
  if (build === undefined) return;
  if (build.dockerfile !== undefined && build['dockerfile_inline'] !== undefined) {
    report(
      `service "${name}" declares mutually exclusive dockerfile and dockerfile_inline`,
      'keep one of them',
      'build',
      'dockerfile_inline',
    );
  }
  for (const [context, value] of Object.entries(build['additional_contexts'] ?? {})) {
    const target =
      typeof value === 'string' && value.startsWith('service:') ? value.slice('service:'.length) : undefined;
    if (target === undefined) continue;
    const other = scope.services.enabled[target];
    if (other?.build !== undefined) continue;
    const disabled = scope.services.disabled[target];
    const problem = other === undefined ? 'unknown service' : 'non-buildable service';
    report(
      `service "${name}" declares ${problem} "${target}" as additional contexts ${context}`,
      disabled === undefined
        ? undefined
        : `"${target}" is disabled; enable it with --profile ${(disabled.profiles ?? []).join(' or --profile ')}`,
      'build',
      'additional_contexts',
      context,
    );
  }
  const platforms = build['platforms'];
  if (platform !== undefined && Array.isArray(platforms) && !platforms.includes(platform)) {
    report(`service.build.platforms MUST include service.platform "${platform}"`, undefined, 'build', 'platforms');
  }
}

/** Whether the image or build of a service may be among the values that were found faulty and taken out. */
function mayHaveLost(name: string, { findings, tree }: ConsistencyScope): boolean {
  const node = memberOf(memberOf(tree, 'services'), name);
  if (node?.origin?.extended !== undefined && findings.isIncomplete('services')) return true;
  const members = ['image', 'build', 'provider', 'extends'];
  return members.some(
    (member) =>
      findings.isIncomplete('services', name, member) ||
      findings.prunedIn('services', name).some((key) => didYouMean(key, [member]) !== undefined),
  );
}
