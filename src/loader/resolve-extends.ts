import { didYouMean } from '../diagnostics/did-you-mean.ts';
import { mergeKindMismatch, sectionNotMapping } from '../diagnostics/merge-diagnostics.ts';
import {
  extendsCycle,
  extendsNoServices,
  extendsServiceNotFound,
  extendsServiceRequired,
} from '../diagnostics/reuse-diagnostics.ts';
import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode, MappingEntry, MappingNode } from '../document/node.ts';
import { noteOverridden, removeTagged, type TaggedPath } from './apply-merge-tags.ts';
import type { Findings } from './findings.ts';
import { mergeServices } from './merge-documents.ts';
import { pruneFaults } from './prune-faults.ts';
import { entryOf, isNull, mappingNode, memberOf, memberText, scalarNode, textOf, withoutMember } from './tree/nodes.ts';

/** The services of one file, as `extends` sees them. */
export interface ExtendedFile {
  /** Absolute path, or `-`. */
  readonly name: string;
  /** The `services` of the file; undefined when it has none. */
  readonly services: DocumentNode | undefined;
  readonly tagged: readonly TaggedPath[];
  /** Reads another file for `extends.file`; its relative paths are rebased. Undefined after a diagnostic. */
  readonly open: (file: string, namedAt: SourceSpan) => Promise<ExtendedFile | undefined>;
}

/** One step of a chain of extends, for the picture of a cycle. */
interface ChainLink {
  readonly service: string;
  readonly file: string;
  readonly at: SourceSpan;
}

interface Resolution {
  readonly findings: Findings;
  /** Services by file and name; a promise is there from the moment its service begins to be resolved. */
  readonly begun: Map<ExtendedFile, Map<string, Promise<MappingNode | undefined>>>;
}

/**
 * Resolves every `extends` of a document (spec-facts section 13): the base first, the service merged on top, `extends`
 * gone. It sees the services of the same document and of the files it names, nothing else.
 */
export async function resolveExtends(
  document: MappingNode,
  file: ExtendedFile,
  findings: Findings,
): Promise<MappingNode> {
  const section = document.entries.get('services');
  if (section === undefined) return document;
  if (section.value.kind !== 'mapping') {
    findings.add(sectionNotMapping('services', section.value.span));
    return pruneFaults(document, [['services']], findings);
  }
  const resolution: Resolution = { findings, begun: new Map() };
  const faulty: (readonly string[])[] = [];
  let entries: Map<string, MappingEntry> | undefined;
  for (const [name, entry] of section.value.entries) {
    if (entry.value.kind !== 'mapping' && !isNull(entry.value)) {
      findings.add(sectionNotMapping(`services.${name}`, entry.value.span));
      faulty.push(['services', name]);
    }
    if (memberOf(entry.value, 'extends') === undefined) continue;
    const service = await resolveService(name, file, [], resolution);
    if (service === undefined) faulty.push(['services', name, 'extends']);
    if (service === undefined) continue;
    entries ??= new Map(section.value.entries);
    entries.set(name, { ...entry, value: service });
  }
  if (entries === undefined) return pruneFaults(document, faulty, findings);
  const services = { ...section.value, entries };
  const extended = new Map(document.entries).set('services', { ...section, value: services });
  return pruneFaults({ ...document, entries: extended }, faulty, findings);
}

/** The service with everything it extends; undefined after a diagnostic. */
function resolveService(
  name: string,
  file: ExtendedFile,
  chain: readonly ChainLink[],
  resolution: Resolution,
): Promise<MappingNode | undefined> {
  const start = chain.findIndex((link) => link.file === file.name && link.service === name);
  if (start !== -1) {
    const again = chain[start];
    if (again !== undefined) resolution.findings.add(extendsCycle([...chain.slice(start), again]));
    return Promise.resolve(undefined);
  }
  const ofFile = resolution.begun.get(file) ?? new Map<string, Promise<MappingNode | undefined>>();
  resolution.begun.set(file, ofFile);
  const known = ofFile.get(name);
  if (known !== undefined) return known;
  const pending = extendService(name, file, chain, resolution);
  ofFile.set(name, pending);
  return pending;
}

async function extendService(
  name: string,
  file: ExtendedFile,
  chain: readonly ChainLink[],
  resolution: Resolution,
): Promise<MappingNode | undefined> {
  const service = memberOf(file.services, name);
  if (service?.kind !== 'mapping') return undefined;
  const reference = memberOf(service, 'extends');
  if (reference === undefined) return service;
  const target = await openReference(name, reference, file, resolution);
  if (target === undefined) return undefined;
  const { baseName, baseFile, at } = target;
  const base = memberOf(baseFile.services, baseName);
  if (base === undefined) {
    const known = baseFile.services?.kind === 'mapping' ? baseFile.services.entries.keys() : [];
    const shown = baseFile === file ? file.name : (memberText(reference, 'file') ?? baseFile.name);
    resolution.findings.add(extendsServiceNotFound(name, shown, baseName, at, didYouMean(baseName, known)));
    return undefined;
  }
  if (isNull(base)) return leaveReference(service, baseName, baseFile === file ? undefined : baseFile.name, reference);
  if (base.kind !== 'mapping') {
    resolution.findings.add(mergeKindMismatch(`services.${name}`, service.span, base.span));
    return undefined;
  }
  const link = { service: name, file: file.name, at };
  const resolved = await resolveService(baseName, baseFile, [...chain, link], resolution);
  if (resolved === undefined) return undefined;
  const tagged = tagsOf(name, file.tagged);
  const inherited = withoutMember(removeTagged(resolved, tagged), 'extends');
  const own = withoutMember(service, 'extends');
  const merged = noteOverridden(mergeServices(inherited, own, name, resolution.findings), resolved, tagged);
  const extended = [{ service: baseName, at, within: base.span }, ...(resolved.origin?.extended ?? [])];
  return { ...merged, origin: { ...merged.origin, extended } };
}

/** Where a child says `!reset` and `!override`: they take away from its base (spec-facts 12.8). */
function tagsOf(name: string, tagged: readonly TaggedPath[]): readonly TaggedPath[] {
  const below = tagged.filter((path) => path.length > 2 && path[0] === 'services' && path[1] === name);
  return below.map((path) => path.slice(2));
}

/** A base with an empty body adds nothing; as in Docker Compose the resolved reference stays (spec-facts 13.10). */
function leaveReference(
  service: MappingNode,
  baseName: string,
  baseFile: string | undefined,
  reference: DocumentNode,
): MappingNode {
  if (baseFile === undefined) return service;
  const member = (text: string): MappingEntry =>
    entryOf('', { ...scalarNode(text, reference.span), origin: { unwritten: 'implied' } });
  const left = mappingNode(
    new Map([
      ['file', { ...member(baseFile), key: 'file' }],
      ['service', { ...member(baseName), key: 'service' }],
    ]),
    reference.span,
  );
  return { ...service, entries: new Map(service.entries).set('extends', entryOf('extends', left)) };
}

async function openReference(
  name: string,
  reference: DocumentNode,
  file: ExtendedFile,
  resolution: Resolution,
): Promise<{ readonly baseName: string; readonly baseFile: ExtendedFile; readonly at: SourceSpan } | undefined> {
  const baseName = textOf(reference) ?? memberText(reference, 'service');
  const at = memberOf(reference, 'service')?.span ?? reference.span;
  if (baseName === undefined) {
    resolution.findings.add(extendsServiceRequired(name, reference.span));
    return undefined;
  }
  const fileNode = memberOf(reference, 'file');
  const path = textOf(fileNode);
  if (fileNode === undefined || path === undefined || path === '') return { baseName, baseFile: file, at };
  const baseFile = await file.open(path, fileNode.span);
  if (baseFile === undefined) return undefined;
  if (baseFile.services?.kind !== 'mapping') {
    const problem = isNull(baseFile.services) ? 'no services section' : 'services must be a mapping';
    resolution.findings.add(extendsNoServices(name, baseFile.name, problem, fileNode.span));
    return undefined;
  }
  return { baseName, baseFile, at };
}
