import type {
  ContainerCreateRequest,
  ContainerInspect,
  EndpointRequest,
  EndpointSettings,
} from '../engine/container.ts';
import { type FieldChange, mapChanges, setChange, valueChange } from './field-change.ts';

/** A request with every endpoint it asks for, also those a second call connects. */
export interface WantedEndpoints {
  readonly body: ContainerCreateRequest;
  readonly connect: readonly { readonly network: string; readonly request: EndpointRequest }[];
}

/** Differences in the networks a container joins and how it is known there. */
export function networkDifferences(wanted: WantedEndpoints, inspect: ContainerInspect): readonly FieldChange[] {
  const endpoints = new Map(Object.entries(wanted.body.NetworkingConfig?.EndpointsConfig ?? {}));
  for (const { network, request } of wanted.connect) endpoints.set(network, request);
  const before = modeOf(inspect.HostConfig.NetworkMode);
  const after = modeOf(wanted.body.HostConfig?.NetworkMode);
  const modes =
    endpoints.size === 0 || before === 'host' || before === 'none' ? valueChange('network_mode', before, after) : [];
  if (modes.length > 0 || endpoints.size === 0) return [...modes, ...addressChange(wanted.body, inspect)];
  const actual = new Map(Object.entries(inspect.NetworkSettings.Networks));
  const names = (map: ReadonlyMap<string, unknown>): ReadonlyMap<string, string> =>
    new Map([...map.keys()].map((name) => [name, 'joined']));
  return [
    ...mapChanges('networks', names(actual), names(endpoints)),
    ...[...endpoints].flatMap(([network, request]) => {
      const settings = actual.get(network);
      return settings === undefined ? [] : endpointChanges(network, request, settings, inspect);
    }),
    ...addressChange(wanted.body, inspect),
  ];
}

/** `bridge` is the name of what a container joins when nothing is said. */
function modeOf(mode: string | undefined): string {
  return mode === undefined || mode === '' || mode === 'default' ? 'bridge' : mode;
}

function endpointChanges(
  network: string,
  wanted: EndpointRequest,
  actual: EndpointSettings,
  inspect: ContainerInspect,
): readonly FieldChange[] {
  const path = `networks.${network}`;
  const own = new Set([inspect.Name.replace(/^\//, ''), inspect.Id.slice(0, 12)]);
  const aliases = (list: readonly string[] | null | undefined): readonly string[] =>
    (list ?? []).filter((alias) => !own.has(alias));
  const options = (map: EndpointRequest['DriverOpts'] | null): ReadonlyMap<string, string> =>
    new Map(Object.entries(map ?? {}));
  return [
    ...setChange(`${path}.aliases`, aliases(actual.Aliases), aliases(wanted.Aliases)),
    ...mapChanges(`${path}.driver_opts`, options(actual.DriverOpts ?? {}), options(wanted.DriverOpts ?? {})),
    ...valueChange(
      `${path}.ipv4_address`,
      blank(actual.IPAMConfig?.IPv4Address),
      blank(wanted.IPAMConfig?.IPv4Address),
    ),
    ...valueChange(
      `${path}.ipv6_address`,
      blank(actual.IPAMConfig?.IPv6Address),
      blank(wanted.IPAMConfig?.IPv6Address),
    ),
    ...setChange(`${path}.links`, actual.Links ?? [], wanted.Links ?? []),
    ...valueChange(`${path}.gw_priority`, String(actual.GwPriority ?? 0), String(wanted.GwPriority ?? 0)),
    ...ownAddressChange(path, wanted, actual, network === inspect.HostConfig.NetworkMode),
    ...setChange(
      `${path}.link_local_ips`,
      actual.IPAMConfig?.LinkLocalIPs ?? [],
      wanted.IPAMConfig?.LinkLocalIPs ?? [],
    ),
  ];
}

/** The primary endpoint's address is the container's, see `addressChange`. */
function ownAddressChange(
  path: string,
  wanted: EndpointRequest,
  actual: EndpointSettings,
  primary: boolean,
): readonly FieldChange[] {
  const before = blank(actual.MacAddress);
  if (primary || wanted.MacAddress === undefined || before === undefined) return [];
  return valueChange(`${path}.mac_address`, before.toLowerCase(), wanted.MacAddress.toLowerCase());
}

function blank(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** An address that nobody asked for is made up by the engine; the container says which one was asked for. */
function addressChange(wanted: ContainerCreateRequest, inspect: ContainerInspect): readonly FieldChange[] {
  const primary = wanted.HostConfig?.NetworkMode ?? '';
  const asked = wanted.MacAddress ?? wanted.NetworkingConfig?.EndpointsConfig[primary]?.MacAddress;
  const endpoint = inspect.NetworkSettings.Networks[primary]?.MacAddress;
  const actual = blank(inspect.Config.MacAddress) ?? (asked === undefined ? undefined : blank(endpoint));
  return valueChange('mac_address', actual?.toLowerCase(), asked?.toLowerCase());
}
