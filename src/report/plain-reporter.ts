import type { NodeIdentity, TopsailEvent } from '../events/event.ts';
import { createBuildLog } from './build-log.ts';
import { endWord, isRecreateStep, progressWords, resourceTitle, unchangedWord } from './progress-words.ts';
import type { Reporter } from './reporter.ts';
import type { TextOutput } from './text-output.ts';
import { createTransferLines } from './transfer-lines.ts';

/** What the plain reporter may be told. */
export interface PlainReporterOptions {
  /** Leave Starting and Started out, as an attached `up` does: the logs show them. */
  readonly hideStarts?: boolean;
  /** Where builds are logged; absent leaves them out. */
  readonly buildLog?: TextOutput;
}

/** The state of one recreate: its steps are one pair of lines. */
interface Group {
  readonly nodes: ReadonlySet<string>;
  readonly name: string;
  readonly ended: Set<string>;
  started: boolean;
  broken: boolean;
}

/** One line an event, as Docker Compose 2's plain progress writes them: ` Container p-web-1  Created`, two blanks before the verb. */
export function createPlainReporter(output: TextOutput, options: PlainReporterOptions = {}): Reporter {
  const groups = new Map<string, Group>();
  const transfers = createTransferLines();
  const line = (title: string, ...words: readonly (string | undefined)[]): void =>
    output.write(` ${title}  ${words.filter((word) => word !== undefined && word !== '').join(' ')}\n`);
  const buildLog = options.buildLog === undefined ? undefined : createBuildLog(options.buildLog);
  const sink = (event: TopsailEvent): void => {
    buildLog?.accept(event);
    switch (event.type) {
      case 'plan':
        collectGroups(event.nodes, groups);
        return;
      case 'node-started':
      case 'node-ended':
        for (const words of linesOf(event, groups, options)) line(...words);
        return;
      case 'resource-unchanged':
        if (event.address.startsWith('container:')) line(`Container ${event.name}`, unchangedWord(event.text));
        if (event.address.startsWith('service:')) output.write(` ${event.name} ${event.text}\n`);
        return;
      case 'warning':
        output.write(`warning: ${event.service === undefined ? '' : `${event.service}: `}${event.text}\n`);
        return;
      case 'summary':
        // What failed is told in full where the command ends.
        if (event.outcomes.failed === 0 && didSomething(event.outcomes)) output.write(`${event.text}\n`);
        return;
      case 'node-progress':
        for (const words of transfers.linesOf(event)) output.write(` ${words.join(' ')}\n`);
        return;
      case 'build-step':
      case 'build-output':
      case 'build-transfer':
      case 'diagnostic':
      case 'log':
      case 'container-exited':
      case 'error':
        return;
    }
  };
  return { sink, interrupt: (write) => write(), close: () => Promise.resolve() };
}

/** A plan without steps has nothing to sum up. */
function didSomething(outcomes: Readonly<Record<string, number>>): boolean {
  return Object.values(outcomes).some((count) => count > 0);
}

type NodeEvent = Extract<TopsailEvent, { readonly type: 'node-started' | 'node-ended' }>;
type Line = readonly [title: string, ...words: (string | undefined)[]];

function linesOf(event: NodeEvent, groups: ReadonlyMap<string, Group>, options: PlainReporterOptions): readonly Line[] {
  if (event.type === 'node-ended' && event.outcome === 'failed') {
    const group = event.group === undefined ? undefined : groups.get(event.group);
    if (group !== undefined) group.broken = true;
    return [[resourceTitle(event), 'Error', event.error?.message]];
  }
  if (isRecreate(event) && event.operation !== 'start-container')
    return groupLines(event, groups.get(event.group ?? ''));
  if (event.operation === 'start-container' && options.hideStarts === true) return [];
  const words = progressWords(event);
  if (words === undefined) return [];
  if (event.type === 'node-started') return words.working === undefined ? [] : [[resourceTitle(event), words.working]];
  if (event.outcome === 'done') return [[resourceTitle(event), words.done, pushedDigest(event)]];
  if (event.duration === 0) return [];
  return [[resourceTitle(event), endWord(event.outcome)]];
}

/** Who pushes wants to know what to deploy; what was pulled is on the engine under its name. */
function pushedDigest(event: Extract<NodeEvent, { readonly type: 'node-ended' }>): string | undefined {
  return event.operation === 'push-image' ? event.digest : undefined;
}

/** Other groups, such as the replacement of a volume, are told step by step. */
function isRecreate({ group }: NodeIdentity): boolean {
  return group?.startsWith('recreate ') === true;
}

function groupLines(event: NodeEvent, group: Group | undefined): readonly Line[] {
  if (group === undefined || !group.nodes.has(event.node)) return [];
  if (event.type === 'node-started') {
    if (group.started) return [];
    group.started = true;
    return [[`Container ${group.name}`, 'Recreate']];
  }
  group.ended.add(event.node);
  if (event.outcome !== 'done' && event.outcome !== 'skipped') group.broken = true;
  const complete = [...group.nodes].every((node) => group.ended.has(node));
  return complete && group.started && !group.broken ? [[`Container ${group.name}`, 'Recreated']] : [];
}

/** A start belongs to no recreate pair: it has lines of its own; what comes after it goes without saying. */
function collectGroups(nodes: readonly NodeIdentity[], groups: Map<string, Group>): void {
  const members = nodes.filter(isRecreate);
  for (const name of new Set(members.map((node) => node.group ?? ''))) {
    const own = members.filter((node) => node.group === name);
    const names = own.map((node) => node.name).sort((a, b) => a.length - b.length);
    const ids = new Set(own.filter(({ operation }) => isRecreateStep(operation)).map((node) => node.node));
    groups.set(name, { nodes: ids, name: names[0] ?? '', ended: new Set(), started: false, broken: false });
  }
}
