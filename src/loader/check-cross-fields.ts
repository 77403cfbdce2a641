import { attributesConflict, valueInvalid } from '../diagnostics/value-diagnostics.ts';
import type { DocumentNode, MappingNode } from '../document/node.ts';
import { isAddress } from '../project/ip-address.ts';
import type { Findings } from './findings.ts';
import { isNull, memberOf, memberText } from './tree/nodes.ts';

/** Checks what one section says against itself: what excludes what, and what is missing beside it (spec-facts 19.1 to 19.5). */
export function checkCrossFields(model: MappingNode, findings: Findings): void {
  for (const [name, volume] of membersOf(memberOf(model, 'volumes'))) checkVolume(`volumes.${name}`, volume, findings);
  for (const [name, config] of membersOf(memberOf(model, 'configs'))) {
    checkSource(`configs.${name}`, config, ['file', 'environment', 'content'], findings);
  }
  for (const [name, secret] of membersOf(memberOf(model, 'secrets'))) {
    checkSource(`secrets.${name}`, secret, ['file', 'environment'], findings);
  }
  for (const [name, service] of membersOf(memberOf(model, 'services'))) {
    checkService(`services.${name}`, service, findings);
  }
}

/** Checks that bind mounts say what of the host they mount; Docker Compose asks when it makes the paths absolute. */
export function checkBindSources(model: MappingNode, findings: Findings): void {
  for (const [name, service] of membersOf(memberOf(model, 'services'))) {
    itemsOf(memberOf(service, 'volumes')).forEach((mount, index) => {
      checkMount(`services.${name}.volumes.[${String(index)}]`, mount, findings);
    });
  }
}

function* membersOf(node: DocumentNode | undefined): Iterable<readonly [string, DocumentNode]> {
  if (node?.kind !== 'mapping') return;
  for (const [key, entry] of node.entries) yield [key, entry.value];
}

function itemsOf(node: DocumentNode | undefined): readonly DocumentNode[] {
  return node?.kind === 'sequence' ? node.items : [];
}

function checkVolume(path: string, volume: DocumentNode, findings: Findings): void {
  const external = memberOf(volume, 'external');
  if (volume.kind !== 'mapping' || external?.kind !== 'scalar' || external.value !== true) return;
  for (const [key, entry] of volume.entries) {
    if (key === 'external' || key === 'name' || key.startsWith('x-')) continue;
    const problem = `conflicting parameters "external" and "${key}" specified`;
    findings.add(
      attributesConflict(
        path,
        problem,
        entry.keySpan,
        'an external volume is made elsewhere; it takes a name and nothing else',
      ),
    );
  }
}

function checkSource(path: string, resource: DocumentNode, kinds: readonly string[], findings: Findings): void {
  if (resource.kind !== 'mapping') return;
  const given = kinds.filter((kind) => resource.entries.has(kind));
  if (given.length > 1) {
    findings.add(attributesConflict(path, `${kinds.join('|')} attributes are mutually exclusive`, resource.span));
  }
  const complete = !findings.isIncomplete(...path.split('.', 1), path.slice(path.indexOf('.') + 1));
  if (given.length === 0 && complete && isNull(memberOf(resource, 'driver')) && !resource.entries.has('external')) {
    findings.add(attributesConflict(path, `one of ${kinds.join('|')} must be set`, resource.span));
    // Told once is enough.
    findings.notePruned([...path.split('.', 1), path.slice(path.indexOf('.') + 1), 'file']);
  }
}

const withTargets = [
  ['ports', 'ports', 'target port'],
  ['volumes', 'volume', 'mount target'],
  ['devices', 'device', 'mount target'],
] as const;

function checkService(path: string, service: DocumentNode, findings: Findings): void {
  itemsOf(memberOf(service, 'ports')).forEach((port, index) => {
    checkPort(`${path}.ports.[${String(index)}]`, port, findings);
  });
  for (const [list, what, member] of withTargets) {
    itemsOf(memberOf(service, list)).forEach((item, index) => {
      if (item.kind !== 'mapping' || item.entries.has('target')) return;
      findings.add(
        valueInvalid(`${path}.${list}.${String(index)}`, `service ${what} is missing a ${member}`, item.span),
      );
    });
  }
  const requests = memberOf(memberOf(memberOf(service, 'deploy'), 'resources'), 'reservations');
  checkDeviceRequests(`${path}.deploy.resources.reservations.devices`, memberOf(requests, 'devices'), findings);
  checkDeviceRequests(`${path}.gpus`, memberOf(service, 'gpus'), findings);
  itemsOf(memberOf(memberOf(service, 'develop'), 'watch')).forEach((rule, index) => {
    const watched = memberOf(rule, 'path');
    if (watched !== undefined && memberText(rule, 'path') === '') {
      findings.add(valueInvalid(`${path}.develop.watch.${String(index)}.path`, "value can't be blank", watched.span));
    }
  });
}

function checkPort(path: string, port: DocumentNode, findings: Findings): void {
  const address = memberOf(port, 'host_ip');
  const text = memberText(port, 'host_ip');
  if (address !== undefined && text !== undefined && !isAddress(text)) {
    findings.add(valueInvalid(path, `invalid ip address: ${text}`, address.span));
  }
}

function checkMount(path: string, mount: DocumentNode, findings: Findings): void {
  if (memberText(mount, 'type') !== 'bind') return;
  if (isNull(memberOf(mount, 'source'))) {
    const problem = 'invalid mount config for type "bind": field Source must not be empty';
    findings.add(valueInvalid(path, problem, mount.span, 'add source: the path on the host'));
  }
}

function checkDeviceRequests(path: string, requests: DocumentNode | undefined, findings: Findings): void {
  itemsOf(requests).forEach((request, index) => {
    if (request.kind !== 'mapping' || !request.entries.has('count') || !request.entries.has('device_ids')) return;
    const problem = '"count" and "device_ids" attributes are exclusive';
    findings.add(attributesConflict(`${path}.[${String(index)}]`, problem, request.span));
  });
}
