import type { NetworkCreateRequest, NetworkInspect, VolumeCreateRequest, VolumeInspect } from '../engine/resource.ts';
import { type FieldChange, mapChanges, setChange, valueChange } from './field-change.ts';
import { isToolLabel } from './labels.ts';

type Texts = { readonly [name: string]: string };

/** What differs between a network the file wants and one that exists, after the engine's own defaults. */
export function networkChanges(wanted: NetworkCreateRequest, actual: NetworkInspect): readonly FieldChange[] {
  return [
    ...valueChange('driver', actual.Driver, wanted.Driver ?? 'bridge'),
    ...valueChange('internal', String(actual.Internal ?? false), String(wanted.Internal ?? false)),
    ...valueChange('attachable', String(actual.Attachable ?? false), String(wanted.Attachable ?? false)),
    ...(wanted.EnableIPv6 === undefined
      ? []
      : valueChange('enable_ipv6', String(actual.EnableIPv6 ?? false), String(wanted.EnableIPv6))),
    ...mapChanges('driver_opts', texts(actual.Options), texts(wanted.Options)),
    ...mapChanges('labels', ownLabels(actual.Labels), ownLabels(wanted.Labels)),
    ...addressChanges(wanted, actual),
  ];
}

/** What differs between a volume the file wants and one that exists. */
export function volumeChanges(wanted: VolumeCreateRequest, actual: VolumeInspect): readonly FieldChange[] {
  return [
    ...valueChange('driver', actual.Driver, wanted.Driver ?? 'local'),
    ...mapChanges('driver_opts', texts(actual.Options), texts(wanted.DriverOpts)),
    ...mapChanges('labels', ownLabels(actual.Labels), ownLabels(wanted.Labels)),
  ];
}

/** Pools are compared only where the file names some: the engine gives every network one. */
function addressChanges(wanted: NetworkCreateRequest, actual: NetworkInspect): readonly FieldChange[] {
  const before = actual.IPAM?.Config ?? [];
  const after = wanted.IPAM?.Config ?? [];
  const driver = valueChange('ipam.driver', actual.IPAM?.Driver ?? 'default', wanted.IPAM?.Driver ?? 'default');
  if (after.length === 0) return driver;
  const subnets = setChange(
    'ipam.config.subnet',
    before.flatMap(({ Subnet: subnet }) => subnet ?? []),
    after.flatMap(({ Subnet: subnet }) => subnet ?? []),
  );
  const named = after.flatMap((pool) => {
    const current = before.find(({ Subnet: subnet }) => subnet === pool.Subnet);
    return [
      ...(pool.Gateway === undefined ? [] : valueChange('ipam.config.gateway', current?.Gateway, pool.Gateway)),
      ...valueChange('ipam.config.ip_range', blank(current?.IPRange), blank(pool.IPRange)),
      ...mapChanges('ipam.config.aux_addresses', texts(current?.AuxiliaryAddresses), texts(pool.AuxiliaryAddresses)),
    ];
  });
  return [...driver, ...subnets, ...(subnets.length > 0 ? [] : named)];
}

function blank(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function texts(map: Texts | null | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(map ?? {}));
}

function ownLabels(labels: Texts | null | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(labels ?? {}).filter(([name]) => !isToolLabel(name)));
}
