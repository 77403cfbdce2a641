import { BuildError } from '../engine/build-error.ts';
import type { BuildRequest } from '../engine/builder.ts';

/** The attributes of the Dockerfile frontend for a request, but for its contexts. */
export function frontendAttributes(request: BuildRequest): Readonly<Record<string, string>> {
  const { target, platforms, ulimits, extraHosts, shmSize, provenance, sbom } = request;
  return {
    ...prefixed('build-arg:', request.arguments),
    ...prefixed('label:', request.labels),
    ...(target === undefined ? {} : { target }),
    ...(platforms.length === 0 ? {} : { platform: platforms.join(',') }),
    ...(request.noCache ? { 'no-cache': '' } : {}),
    ...(request.pull ? { 'image-resolve-mode': 'pull' } : {}),
    ...(extraHosts.length === 0 ? {} : { 'add-hosts': extraHosts.map(hostAttribute).join(',') }),
    ...networkAttribute(request.network),
    ...(shmSize === undefined ? {} : { 'shm-size': String(shmSize) }),
    ...(ulimits.length === 0
      ? {}
      : { ulimit: ulimits.map(({ name, soft, hard }) => `${name}=${soft}:${hard}`).join(',') }),
    ...attestation('attest:provenance', provenance, 'mode=min'),
    ...attestation('attest:sbom', sbom, ''),
  };
}

/** What the builder has to be allowed beyond the ordinary. */
export function entitlementsOf({ network, entitlements }: BuildRequest): readonly string[] {
  return [...new Set([...entitlements, ...(network === 'host' ? ['network.host'] : [])])];
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
}

/** `host:address`, whose address may have colons itself, as `host=address`. */
function hostAttribute(entry: string): string {
  const separator = entry.search(/[:=]/);
  return `${entry.slice(0, separator)}=${entry.slice(separator + 1).replace(/^\[(.*)\]$/, '$1')}`;
}

function networkAttribute(network: string | undefined): Readonly<Record<string, string>> {
  if (network === undefined || network === '' || network === 'default') return {};
  if (network === 'host' || network === 'none') return { 'force-network-mode': network };
  throw new BuildError('refused', `network mode "${network}" not supported by buildkit; use host, none or default`);
}

function attestation(name: string, value: string | undefined, plain: string): Readonly<Record<string, string>> {
  if (value === undefined || value === '' || value === 'false') return {};
  return { [name]: value === 'true' ? plain : value };
}
