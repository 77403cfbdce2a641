import { ofProject, readEngine } from './engine-api.ts';

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [member: string]: Json;
}

type Named = JsonObject & { readonly Name: string };

/** What an engine holds of a project, by name, without what differs from one creation of the same thing to the next. */
export interface EngineState {
  readonly containers: JsonObject;
  readonly networks: JsonObject;
  readonly volumes: JsonObject;
}

/** Members that say when and where, not what. */
const passing = new Set([
  ...['Created', 'CreatedAt', 'ResolvConfPath', 'HostnamePath', 'HostsPath', 'LogPath', 'GraphDriver', 'Storage'],
  ...['SandboxID', 'SandboxKey', 'EndpointID', 'NetworkID', 'Mountpoint', 'Pid', 'StartedAt', 'FinishedAt', 'Health'],
  ...['Containers', 'ConfigFrom', 'ImageManifestDescriptor', 'DNSNames', 'Id', 'RestartCount', 'ExecIDs'],
  // Answers that older engines repeat from the main network.
  ...['Bridge', 'Gateway', 'IPAddress', 'IPPrefixLen', 'GlobalIPv6Address', 'GlobalIPv6PrefixLen', 'IPv6Gateway'],
]);

/** Members that the engine makes up unless the file asks for one. */
const madeUp = new Set(['MacAddress', 'HostPort', 'Hostname', 'Subnet']);

/** Reads containers, networks and volumes of a project. What of `text` stands in made-up members is kept. */
export async function readEngineState(project: string, text: string): Promise<EngineState> {
  const query = ofProject(project);
  const [containers, networks, volumes] = await Promise.all([
    readEngine<readonly { Id: string; Names: readonly string[] }[]>(`/containers/json?all=1&${query}`),
    readEngine<readonly Named[]>(`/networks?${query}`),
    readEngine<{ Volumes: readonly Named[] | null }>(`/volumes?${query}`),
  ]);
  const ids = new Map(containers.map(({ Id, Names: [name = ''] }) => [Id, `id of ${name.slice(1)}`]));
  const tidy = (value: Json, member = ''): Json => tidied(value, member, text, ids);
  const inspected = await Promise.all(containers.map(({ Id }) => readEngine<Named>(`/containers/${Id}/json`)));
  return {
    containers: byName(inspected, tidy),
    networks: byName(networks, tidy),
    volumes: byName(volumes.Volumes ?? [], tidy),
  };
}

function byName(list: readonly Named[], tidy: (value: Json) => Json): JsonObject {
  const named = list.map((each): [string, Json] => [each.Name.replace(/^\//, ''), tidy(each)]);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function tidied(value: Json, member: string, text: string, ids: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return tidiedText(value, member, text, ids);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) {
    const items = value.map((item) => tidied(item, '', text, ids));
    return unordered.has(member) ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  const members = Object.entries(value).map(([name, inner]): [string, Json] => [name, tidied(inner, name, text, ids)]);
  const telling = members.filter(([name, inner]) => !passing.has(name) && !isEmpty(inner));
  return Object.fromEntries(telling.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Lists whose order means nothing and is not the same twice. */
const unordered = new Set(['Env', 'Mounts', 'Aliases', 'Binds', 'Ulimits', 'CapAdd', 'CapDrop', 'ExtraHosts', 'Links']);

function tidiedText(value: string, member: string, text: string, ids: ReadonlyMap<string, string>): string {
  if (madeUp.has(member) && value !== '' && !text.includes(value)) return '(made up)';
  if (member === 'com.docker.compose.version') return '(version)';
  if (member === 'com.docker.compose.depends_on') return value.split(',').toSorted().join(',');
  let result = value;
  for (const [id, name] of ids) result = result.replaceAll(id, name).replaceAll(id.slice(0, 12), name);
  return result.replaceAll(
    /\b[0-9a-f]{64}\b/g,
    member === 'com.docker.compose.config-hash' || result.startsWith('sha256:') ? '$&' : '(anonymous)',
  );
}

/** The paths at which two states differ, with both values: `containers.shop-web-1.Config.Tty: true | false`. */
export function stateDifferences(one: Json | EngineState, other: Json | EngineState, path = ''): readonly string[] {
  if (isObject(one) && isObject(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
    return names.flatMap((name) =>
      stateDifferences(one[name] ?? null, other[name] ?? null, path === '' ? name : `${path}.${name}`),
    );
  }
  const [before, after] = [JSON.stringify(one), JSON.stringify(other)];
  return before === after ? [] : [`${path}: ${before} | ${after}`];
}

/** Engines do not tell absent from empty. */
function isEmpty(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isObject(value: Json | EngineState): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
