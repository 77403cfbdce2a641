import { type ReferenceKind, undefinedReference } from '../../diagnostics/consistency-diagnostics.ts';
import type { Named } from '../../project/project.ts';
import { buildSecretNames } from '../build-secret-names.ts';
import { type CheckedService, type ConsistencyScope, placeInService, suggestName } from './consistency-scope.ts';

/** Whether every network, volume, config, secret and model that a service uses is defined (spec-facts 19.12). */
export function checkReferences({ name, service }: CheckedService, scope: ConsistencyScope): void {
  const { networks, volumes, configs, secrets, models } = scope.bound;
  const check = (
    kind: ReferenceKind,
    defined: Named<unknown>,
    referred: string,
    ...steps: readonly (string | number)[]
  ): void => {
    if (defined[referred] !== undefined || scope.findings.mayBeDefined(sectionOf(kind), referred)) return;
    const suggestion = suggestName(scope, referred, () => Object.keys(defined));
    scope.findings.add(undefinedReference(name, kind, referred, placeInService(scope, name, ...steps), suggestion));
  };
  for (const network of Object.keys(service.networks ?? {})) check('network', networks, network, 'networks', network);
  for (const [index, mount] of (service.volumes ?? []).entries()) {
    if (mount.type === 'volume' && mount.source !== undefined) check('volume', volumes, mount.source, 'volumes', index);
  }
  for (const [index, config] of (service.configs ?? []).entries()) {
    check('config', configs, config.source, 'configs', index);
  }
  for (const [index, secret] of (service.secrets ?? []).entries()) {
    check('secret', secrets, secret.source, 'secrets', index);
  }
  for (const model of Object.keys(service.models ?? {})) check('model', models, model, 'models', model);
  for (const [index, secret] of buildSecretNames(service).entries()) {
    check('build secret', secrets, secret, 'build', 'secrets', index);
  }
}

function sectionOf(kind: ReferenceKind): string {
  return kind === 'build secret' ? 'secrets' : `${kind}s`;
}
