import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { DocumentNode } from '../document/node.ts';

/** Keys that people write directly below a service and that live elsewhere, or have another name. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['args', 'build.args'],
  ['context', 'build.context'],
  ['dockerfile', 'build.dockerfile'],
  ['target', 'build.target'],
  ['replicas', 'deploy.replicas, or scale'],
  ['resources', 'deploy.resources'],
  ['limits', 'deploy.resources.limits'],
  ['reservations', 'deploy.resources.reservations'],
  ['placement', 'deploy.placement'],
  ['restart_policy', 'deploy.restart_policy, or restart'],
  ['update_config', 'deploy.update_config'],
  ['memory', 'mem_limit, or deploy.resources.limits.memory'],
  ['mem_swap', 'memswap_limit'],
  ['net', 'network_mode'],
  ['network', 'networks, or network_mode'],
  ['log_driver', 'logging.driver'],
  ['log_opt', 'logging.options'],
  ['volume_driver', 'the driver of a top-level volume'],
  ['watch', 'develop.watch'],
  ['interval', 'healthcheck.interval'],
  ['retries', 'healthcheck.retries'],
  ['test', 'healthcheck.test'],
  ['driver', 'logging.driver'],
]);

const servicePath = /^services\.[^.]+$/;

function looksLikeService(value: DocumentNode | undefined): boolean {
  return value?.kind === 'mapping' && ['image', 'build', 'ports', 'command'].some((key) => value.entries.has(key));
}

/** What the writer of an unknown key most likely wanted. */
export function hintForUnknownKey(
  path: string,
  key: string,
  value: DocumentNode | undefined,
  known: readonly string[],
): string | undefined {
  if (path === '' && looksLikeService(value)) return 'services go below "services:", indented';
  const meant = didYouMean(key, known);
  if (meant !== undefined) return `did you mean ${meant}?`;
  const place = servicePath.test(path) ? elsewhere.get(key) : undefined;
  if (place !== undefined) return `use ${place}`;
  if (/^x[^-]/i.test(key)) return `keys of your own begin with 'x-': x-${key.slice(1).replace(/^[-_]/, '')}`;
  if (path !== '' && known.length > 0 && known.length <= 12) return `possible here: ${known.join(', ')}`;
  return undefined;
}
