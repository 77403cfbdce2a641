import { serviceInconsistent } from '../../diagnostics/consistency-diagnostics.ts';
import { mappingsIn } from '../tree/json-items.ts';
import { type CheckedService, type ConsistencyScope, placeInService } from './consistency-scope.ts';

const testStarts: ReadonlySet<string> = new Set(['CMD', 'CMD-SHELL', 'NONE']);

/** Attributes of one service that exclude or need each other. */
export function checkServiceAttributes({ name, service }: CheckedService, scope: ConsistencyScope): void {
  const report = (problem: string, steps: readonly (string | number)[], hint?: string): void => {
    scope.findings.add(serviceInconsistent(name, problem, placeInService(scope, name, ...steps), hint));
  };
  if (service.network_mode !== undefined && service.networks !== undefined) {
    report(
      `service ${name} declares mutually exclusive \`network_mode\` and \`networks\``,
      ['network_mode'],
      'keep one of them',
    );
  }
  const shared = /^service:(.*)$/s.exec(service.network_mode ?? '')?.[1];
  // Normalisation makes a dependency of it, which is looked at as one.
  if (
    shared !== undefined &&
    service.depends_on?.[shared] === undefined &&
    scope.services.enabled[shared] === undefined
  ) {
    report(`service "${shared}" not found for network_mode 'service:${shared}'`, ['network_mode']);
  }
  const test = service.healthcheck?.test?.[0];
  if (test !== undefined && !testStarts.has(test)) {
    report(
      'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"',
      ['healthcheck', 'test'],
      'begin the list with one of them, or write the command as one text',
    );
  }
  const { develop } = service;
  const rules = develop !== null && typeof develop === 'object' && 'watch' in develop ? develop['watch'] : undefined;
  for (const [index, rule] of mappingsIn(rules).entries()) {
    const needsTarget = rule['action'] !== 'rebuild' && rule['action'] !== 'restart';
    if (!needsTarget || rule['target'] !== undefined) continue;
    report(`services.${name}.develop.watch: target is required for non-rebuild actions`, ['develop', 'watch', index]);
  }
}
