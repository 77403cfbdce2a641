import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { portNotPublished } from '../diagnostics/isolation-diagnostics.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { Project } from '../project/project.ts';
import type { AssignedPorts } from '../project/project-instance.ts';
import type { Port, Service } from '../project/service.ts';
import { mapNamed } from '../state/copy-project.ts';
import type { ObservedAssignments } from '../state/observed-assignments.ts';
import { type PortReference, portReferences } from '../state/port-references.ts';
import { topsailExtension } from '../state/topsail-extension.ts';
import { spread } from './spread.ts';

/** Ports that are not given to outgoing connections by Linux, macOS or Windows, nor to node ports by Kubernetes. */
const defaultRange: PortRange = { first: 20_000, last: 29_999 };

interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Host ports a service needs in place of what the file publishes. */
interface PortNeed {
  readonly service: string;
  /** See {@link portKey}. */
  readonly key: string;
  /** How many in a row. */
  readonly count: number;
}

/** Under what an assigned port is remembered: what the file publishes, else the container's port. */
export function portKey({ published = '', target, protocol = 'tcp' }: Port): string {
  return published === '' || published === '0' ? `:${String(target)}/${protocol}` : published;
}

/**
 * Gives a copy host ports of its own in place of those the file publishes, and every project the ports that its services
 * want to know of (`x-topsail: {env: …}`). What the project's containers have is kept, so that a second `up` changes nothing;
 * else the search begins at a place that depends on the names. Throws `no-free-port`.
 */
export function assignPorts(
  project: Project,
  observed: Pick<ObservedAssignments, 'ownPorts' | 'takenPorts'>,
): { readonly project: Project; readonly diagnostics: readonly Diagnostic[] } {
  const references = portReferences(project);
  const needs = portNeeds(project, references);
  const assigned = needs.length === 0 ? {} : chooseAll(project, needs, observed);
  const published = needs.length === 0 ? project : publish(project, assigned);
  const diagnostics: Diagnostic[] = [];
  const tell = (reference: PortReference): string | undefined => {
    const port = hostPort(published, reference, observed);
    if (port === undefined) diagnostics.push(missing(project, reference));
    return port;
  };
  return { project: references.length === 0 ? published : inject(published, references, tell), diagnostics };
}

function portNeeds(project: Project, references: readonly PortReference[]): readonly PortNeed[] {
  const copy = project.origin.instance !== undefined;
  const needs = new Map<string, PortNeed>();
  for (const [service, { ports = [] }] of Object.entries(project.services)) {
    for (const port of ports) {
      const key = portKey(port);
      const fixed = /^\d+$/.test(key);
      const asked = references.some((reference) => reference.service === service && isOf(port, reference));
      const isNeeded = copy ? !key.startsWith(':') || asked : asked && !fixed;
      if (isNeeded) needs.set(`${service} ${key}`, { service, key, count: copy ? lengthOf(key) : 1 });
    }
  }
  return [...needs.values()];
}

function isOf(port: Port, { target, protocol }: PortReference): boolean {
  return port.target === target && (port.protocol ?? 'tcp') === protocol;
}

function lengthOf(key: string): number {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(key) ?? [];
  return last === undefined ? 1 : Number(last) - Number(first) + 1;
}

function chooseAll(
  project: Project,
  needs: readonly PortNeed[],
  { ownPorts, takenPorts }: Pick<ObservedAssignments, 'ownPorts' | 'takenPorts'>,
): AssignedPorts {
  const range = portRange(project);
  const taken = new Set(takenPorts);
  const chosen = needs.map((need) => ({ need, first: ownPorts.get(need.service)?.get(need.key) }));
  const keep = chosen.map(({ need, first }) => {
    const kept = first !== undefined && isFree(taken, first, need.count) ? first : undefined;
    if (kept !== undefined) take(taken, kept, need.count);
    return { need, first: kept };
  });
  const assigned: Record<string, Record<string, number>> = Object.create(null) as typeof assigned;
  for (const { need, first } of keep) {
    const port = first ?? search(project.name, need, range, taken);
    take(taken, port, need.count);
    const own = (assigned[need.service] ??= Object.create(null) as Record<string, number>);
    own[need.key] = port;
  }
  return assigned;
}

function portRange(project: Project): PortRange {
  const text = topsailExtension(project.extensions).get('ports');
  const [, first, last] = /^(\d+)-(\d+)$/.exec(typeof text === 'string' ? text : '') ?? [];
  return last === undefined ? defaultRange : { first: Number(first), last: Number(last) };
}

function isFree(taken: ReadonlySet<number>, first: number, count: number): boolean {
  return Array.from({ length: count }, (_, index) => first + index).every((port) => !taken.has(port));
}

function take(taken: Set<number>, first: number, count: number): void {
  for (let port = first; port < first + count; port += 1) taken.add(port);
}

function search(project: string, { service, key, count }: PortNeed, range: PortRange, taken: Set<number>): number {
  const places = range.last - range.first + 2 - count;
  const start = spread(`${project}/${service}/${key}`, Math.max(places, 1));
  for (let tried = 0; tried < places; tried += 1) {
    const first = range.first + ((start + tried) % places);
    if (isFree(taken, first, count)) return first;
  }
  throw new TopsailError(
    'no-free-port',
    `service "${service}" has no host port: none of ${String(range.first)}-${String(range.last)} is free`,
    { details: ['choose another range with x-topsail: {ports: "FIRST-LAST"}, or take copies down'] },
  );
}

function publish(project: Project, assigned: AssignedPorts): Project {
  const services = mapNamed(project.services, (service, name): Service => {
    const own = assigned[name];
    if (own === undefined || service.ports === undefined) return service;
    return { ...service, ports: service.ports.map((port) => withPort(port, own[portKey(port)])) };
  });
  return { ...project, services, origin: { ...project.origin, assignedPorts: assigned } };
}

function withPort(port: Port, first: number | undefined): Port {
  if (first === undefined) return port;
  const count = lengthOf(portKey(port));
  return { ...port, published: count === 1 ? String(first) : `${String(first)}-${String(first + count - 1)}` };
}

/** The host port of a reference: what the service publishes, or what its container was assigned before. */
function hostPort(
  project: Project,
  reference: PortReference,
  { ownPorts }: Pick<ObservedAssignments, 'ownPorts'>,
): string | undefined {
  const service = project.services[reference.service] ?? project.origin.disabledServices[reference.service];
  const port = service?.ports?.find((each) => isOf(each, reference));
  const known = ownPorts.get(reference.service);
  const before = known?.get(port === undefined ? `:${String(reference.target)}/${reference.protocol}` : portKey(port));
  const published = port?.published?.split('-')[0] ?? before;
  return published === undefined ? undefined : String(published);
}

function missing(project: Project, { path, text, service }: PortReference): Diagnostic {
  const ports = project.services[service]?.ports ?? [];
  return portNotPublished(
    path,
    text.replace(/^port:[^:]+:/, 'port '),
    service,
    ports.map(({ target, protocol = 'tcp' }) =>
      protocol === 'tcp' ? String(target) : `${String(target)}/${protocol}`,
    ),
  );
}

function inject(
  project: Project,
  references: readonly PortReference[],
  tell: (reference: PortReference) => string | undefined,
): Project {
  const values = references.map((reference) => ({ ...reference, value: tell(reference) }));
  const services = mapNamed(project.services, (service, name): Service => {
    const own = values.filter(({ owner, value }) => owner === name && value !== undefined);
    if (own.length === 0) return service;
    const added = own.map(({ variable, value = '' }) => [variable, value] as const);
    return { ...service, environment: { ...service.environment, ...Object.fromEntries(added) } };
  });
  return { ...project, services };
}
