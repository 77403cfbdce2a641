import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../repository.mjs';
import { deploySamples, extensionSamples, resourceSamples, serviceSamples } from './attribute-samples.mjs';
import { elsewhere, memberWords } from './attribute-words.mjs';
import { loadSource } from './load-source.mjs';
import { code, page, table } from './markdown.mjs';
import { memberTables } from './member-rows.mjs';

const sourceEntry = `
  export { loadProject } from './loader/load-project.ts';
  export { createDiskSourceReader } from './source/disk-source-reader.ts';
  export { desiredState } from './state/derive-desired-state.ts';
  export { withModelVariables } from './state/model-variables.ts';
  export { usesApiSocket, withApiSocket } from './state/api-socket.ts';
  export { foreignAttributes } from './state/foreign-attributes.ts';
  export { idleAttributes } from './state/idle-attributes.ts';
  export { unsupportedAttributes } from './state/unsupported-attributes.ts';
`;

/**
 * Renders docs/attributes.md: a file with and one without each attribute of the schema go through the loader, and what
 * differs in the desired state is what the attribute does. Throws for an attribute that does nothing and is not refused.
 */
export async function renderAttributesPage() {
  const source = await loadSource(sourceEntry);
  const { $defs } = await readSchema('compose');
  const extension = await readSchema('x-topsail');
  const apart = new Set(['deploy', 'x-topsail']);
  const serviceKeys = Object.keys($defs.service.properties).filter((key) => !apart.has(key));
  const services = await rowsOf(serviceKeys, serviceSamples, elsewhere.services, (sample) =>
    effect(source, sample, (value, key) => ({ services: { web: { [key]: value } } })),
  );
  const deploy = await rowsOf(leaves($defs.deploy, 'resources'), deploySamples, elsewhere.deploy, (sample) =>
    effect(source, sample, (value, key) => ({ services: { web: { deploy: nested(key.split('.'), value) } } })),
  );
  const extensionKeys = Object.keys(extension.$defs.service.properties);
  const extensions = await rowsOf(extensionKeys, extensionSamples, elsewhere.extension, (sample) =>
    effect(source, sample, (value, key) => ({ services: { web: { 'x-topsail': { [key]: value } } } })),
  );
  const resources = await Promise.all(
    Object.entries(resourceSamples).map(async ([section, samples]) => {
      const keys = Object.keys($defs[section.slice(0, -1)].properties);
      const rows = await rowsOf(keys, samples, elsewhere[section], (sample) => resourceEffect(source, section, sample));
      return [section, rows];
    }),
  );
  const members = await memberTables($defs, (before, after) => changeOf(source, before, after));
  const titles = ['attribute', '`up`', 'what it is to the engine, or why not'];
  return page('Attributes', [
    'What `up` does with each attribute of a compose file. Every attribute of the Compose Specification is accepted by `config`; one that `up` would have to ignore is refused with its place. What speaks to other targets only is named in one warning and changes nothing. Members of requests are those of the [Docker Engine API](https://docs.docker.com/reference/api/engine/).',
    '## Services',
    table(titles, services),
    '## `deploy`',
    table(titles, deploy),
    '## `x-topsail` of a service',
    'What Compose has no word for. Other tools ignore it.',
    table(titles, extensions),
    ...resources.flatMap(([section, rows]) => [`## Top-level ${code(section)}`, table(titles, rows)]),
    '## Members of attributes',
    'For attributes whose value has members of its own. What `build` takes is on [the page of builds](builds.md); hooks take what a command in a container takes.',
    ...members.flatMap(({ title, rows }) => [
      `### ${title}`,
      table(
        titles,
        rows.map(([key, ...rest]) => [code(key), ...rest]),
      ),
    ]),
    '## The rest of the top level',
    '`configs` and `secrets` are what services make of them. `name` is the project name, `include` is resolved while loading, `version` is ignored with a warning. `models` are fetched and set up by the plugin `docker model` for the services that use them. `x-topsail: {instances, isolate, ports, subnets}` is about [copies](instances.md).',
  ]);
}

async function readSchema(name) {
  return JSON.parse(await readFile(join(repository, 'schemas', `${name}.schema.json`), 'utf8'));
}

/** The keys of a definition, one of them replaced by the dotted paths of its two levels of members. */
function leaves({ properties }, expanded) {
  return Object.entries(properties).flatMap(([key, member]) => {
    if (key !== expanded) return [key];
    return Object.entries(member.properties).flatMap(([group, { properties: members }]) =>
      Object.keys(members).map((name) => `${key}.${group}.${name}`),
    );
  });
}

async function rowsOf(keys, samples, words, effectOf) {
  const missing = keys.filter((key) => !Object.hasOwn(samples, key));
  const stale = Object.keys(samples).filter((key) => !keys.includes(key));
  if (missing.length > 0) throw new Error(`scripts/docs/attribute-samples.mjs has no ${missing.join(', ')}`);
  if (stale.length > 0) throw new Error(`the schema has no ${stale.join(', ')}`);
  const rows = [];
  for (const key of keys.toSorted()) {
    for (const sample of [samples[key]].flat()) {
      const name = [code(key), sample.as].filter((text) => text !== undefined && text !== '').join(' ');
      const { refused, warned, changed } = await effectOf({ ...sample, key });
      if (refused !== undefined) rows.push([name, 'refuses it', refused]);
      else if (changed.length > 0) rows.push([name, 'applies it', changed.join(', ')]);
      else if (warned !== undefined) rows.push([name, 'warns', warned]);
      else if (words[key] !== undefined) rows.push([name, ...words[key]]);
      else
        throw new Error(
          `${key} is neither applied nor refused, and attribute-words.mjs does not say what becomes of it`,
        );
    }
  }
  return rows;
}

async function effect(source, sample, place) {
  const { key, value, top = {}, service = {} } = sample;
  const base = { services: { web: { image: 'busybox', ...service }, db: { image: 'busybox' } }, ...top };
  const file = placed(base, place(value, key));
  const project = await load(source, file);
  const [refusal] = source.unsupportedAttributes(project);
  if (refusal !== undefined) return { refused: sentence(refusal.why), changed: [] };
  const before = await load(source, base);
  return {
    refused: undefined,
    warned: warningOf(source, before, project),
    changed: differences(desire(source, before), desire(source, project)),
  };
}

/** Which warning the second project has more of. */
function warningOf(source, before, after) {
  const grows = (list) => source[list](after).length > source[list](before).length;
  if (grows('foreignAttributes')) return 'It speaks to other targets such as Swarm.';
  return grows('idleAttributes') ? 'No engine makes anything of it.' : undefined;
}

/** What becomes of the second of two files that is not in the first. */
async function changeOf(source, before, after) {
  const [one, other] = await Promise.all([load(source, before), load(source, after)]);
  const [refusal] = source.unsupportedAttributes(other);
  if (refusal !== undefined) return { refused: sentence(refusal.why), changed: [] };
  const [from, to] = [desire(source, one), desire(source, other)];
  const resources = ['networks', 'providers', 'models'].flatMap((section) =>
    JSON.stringify(from[section]) === JSON.stringify(to[section]) ? [] : resourceChanges(section, from, to),
  );
  return {
    warned: warningOf(source, one, other),
    changed: [...resources, ...differences(from, to)],
  };
}

function resourceChanges(section, before, after) {
  if (section !== 'networks') return [memberWords[section]];
  const [one, other] = [before, after].map(({ networks }) => networks.find(({ key }) => key === 'it')?.request ?? {});
  return changedMembers(one, other);
}

async function resourceEffect(source, section, { key, value }) {
  const use = section === 'networks' ? { networks: ['it'] } : { volumes: ['it:/data'] };
  const file = (definition) => ({ services: { web: { image: 'busybox', ...use } }, [section]: { it: definition } });
  const [before, after] = await Promise.all([load(source, file({})), load(source, file({ [key]: value }))]);
  const [refusal] = source.unsupportedAttributes(after);
  if (refusal !== undefined) return { refused: sentence(refusal.why), changed: [] };
  const resource = (project) => desire(source, project)[section].find((each) => each.key === 'it');
  const [one, other] = [resource(before), resource(after)];
  const members = ['name', 'external'].filter((name) => one[name] !== other[name]).map((name) => memberWords[name]);
  return { refused: undefined, changed: members.length > 0 ? members : changedMembers(one.request, other.request) };
}

function sentence(words) {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** A file with one service more filled in. */
function placed(base, { services }) {
  return { ...base, services: { ...base.services, web: { ...base.services.web, ...services.web } } };
}

function nested([key, ...rest], value) {
  return { [key]: rest.length === 0 ? value : nested(rest, value) };
}

async function load(source, file) {
  const reader = source.createDiskSourceReader({ standardInput: [Buffer.from(JSON.stringify(file))] });
  const { project, diagnostics } = await source.loadProject(
    {
      workingDirectory: '/project',
      environment: { HOME: '/home' },
      files: ['-'],
      projectName: 'shop',
      profiles: ['*'],
    },
    reader,
  );
  if (project !== undefined) return project;
  throw new Error(`${JSON.stringify(file)}: ${diagnostics.map(({ message }) => message).join('; ')}`);
}

function desire(source, project) {
  const served = { endpoint: 'http://models', available: [] };
  const modelled = source.withModelVariables(project, served);
  const complete = source.usesApiSocket(modelled) ? source.withApiSocket(modelled, '{}') : modelled;
  return source.desiredState(complete, { toolVersion: '0', models: served });
}

/** What differs between the desired states of one service, in words. */
function differences(before, after) {
  const [one, other] = [before, after].map((state) => state.services.find((service) => service.name === 'web'));
  // A provided service has no container.
  if (one === undefined || other === undefined) return [];
  const { template: oldTemplate, endpoints: oldEndpoints } = one;
  const { template, endpoints } = other;
  const members = Object.keys(memberWords).filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
  const requests = [
    ...changedMembers(oldTemplate, template),
    ...changedMembers(oldEndpoints[0]?.request ?? {}, endpoints[0]?.request ?? oldEndpoints[0]?.request ?? {}).map(
      (name) => name.replace('`', '`EndpointSettings.'),
    ),
  ];
  // The request says it better, except for what no request has.
  const spoken = requests.length > 0 ? members.filter((name) => ownMembers.has(name)) : members;
  return [...requests, ...spoken.map((name) => memberWords[name])];
}

const ownMembers = new Set(['dependencies', 'models', 'links', 'files', 'scale', 'platform', 'pullPolicy', 'networks']);

/** Names of the members of a request that differ, those of `HostConfig` by their path. */
function changedMembers(before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [one, other] = [before[name], after[name]].map((value) => (name === 'Labels' ? ownLabels(value) : value));
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    if (name !== 'HostConfig') return [code(name)];
    return changedMembers(one, other).map((inner) => inner.replace('`', '`HostConfig.'));
  });
}

/** The labels that the file gives. */
function ownLabels(labels = {}) {
  return Object.fromEntries(
    Object.entries(labels).filter(([name]) => !/^(com\.docker\.compose|dev\.topsail)\./.test(name)),
  );
}
