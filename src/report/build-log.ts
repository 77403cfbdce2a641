import type { TopsailEvent } from '../events/event.ts';
import type { TextOutput } from './text-output.ts';

type BuildEvent = Extract<TopsailEvent, { readonly type: 'build-step' | 'build-output' | 'build-transfer' }>;

/** One step as the log knows it. */
interface LoggedStep {
  readonly number: number;
  readonly title: string;
  /** A line of output that is not complete yet. */
  rest: string;
  /** Its last words, until another step speaks: a step may end and go on. */
  ending: string | undefined;
  open: boolean;
  /** Transfers that have been told. */
  readonly told: Set<string>;
}

/** Writes builds as lines, in the form that `docker build --progress plain` has made known: `#4 [2/3] RUN npm ci`. */
export interface BuildLog {
  readonly accept: (event: TopsailEvent) => void;
}

/** Starts a log. Steps are numbered over all builds; with several builds their titles say which they belong to. */
export function createBuildLog(output: TextOutput): BuildLog {
  const steps = new Map<string, LoggedStep>();
  let builds = 0;
  let speaking: LoggedStep | undefined;
  let spoken = false;
  const say = (step: LoggedStep, text: string): void => {
    if (speaking !== step) {
      if (speaking?.ending !== undefined) output.write(`#${speaking.number} ${speaking.ending}\n`);
      if (speaking !== undefined) speaking.ending = undefined;
      output.write(`${spoken ? '\n' : ''}#${step.number} ${step.title}\n`);
      speaking = step;
      spoken = true;
    }
    if (text !== '') output.write(`#${step.number} ${text}\n`);
  };
  const stepOf = (event: BuildEvent): LoggedStep | undefined => {
    const key = `${event.node} ${event.step}`;
    const known = steps.get(key);
    if (known !== undefined || event.type !== 'build-step' || event.state === 'waiting') return known;
    const title = builds > 1 ? withBuild(event.title, event.service ?? event.name) : event.title;
    const step = { number: steps.size + 1, title, rest: '', ending: undefined, open: true, told: new Set<string>() };
    steps.set(key, step);
    return step;
  };
  return {
    accept: (event) => {
      if (event.type === 'plan') builds = event.nodes.filter(({ operation }) => operation === 'build-image').length;
      if (event.type === 'node-ended' && event.operation === 'build-image' && speaking?.ending !== undefined) {
        output.write(`#${speaking.number} ${speaking.ending}\n`);
        speaking = undefined;
      }
      if (event.type !== 'build-step' && event.type !== 'build-output' && event.type !== 'build-transfer') return;
      const step = stepOf(event);
      if (step === undefined) return;
      for (const line of linesOf(event, step)) say(step, line);
    },
  };
}

/** `[2/3] RUN x` of one of several builds: `[web 2/3] RUN x`. */
function withBuild(title: string, build: string): string {
  return title.startsWith('[') ? `[${build} ${title.slice(1)}` : `[${build}] ${title}`;
}

function linesOf(event: BuildEvent, step: LoggedStep): readonly string[] {
  switch (event.type) {
    case 'build-step':
      return stepLines(event, step);
    case 'build-output':
      return outputLines(event, step);
    case 'build-transfer': {
      if (event.duration === undefined || step.told.has(event.part)) return [];
      step.told.add(event.part);
      const size = event.current === 0 ? '' : ` ${byteWords(event.current)}`;
      return [`${event.part}${size} ${secondsWords(event.duration)} done`];
    }
  }
}

function stepLines(event: Extract<BuildEvent, { readonly type: 'build-step' }>, step: LoggedStep): readonly string[] {
  switch (event.state) {
    case 'waiting':
      return [];
    case 'running':
      step.ending = undefined;
      step.open = true;
      return [''];
    case 'cached':
      // A step whose layers were fetched from a cache has ended before.
      if (step.ending !== undefined) step.ending = 'CACHED';
      return end(step, 'CACHED');
    case 'canceled':
      return end(step, 'CANCELED');
    case 'failed':
      return end(step, `ERROR: ${event.text ?? ''}`);
    case 'done':
      return end(step, `DONE ${secondsWords(event.duration ?? 0)}`);
  }
}

/** A line that is not complete goes before the last words, which wait. */
function end(step: LoggedStep, words: string): readonly string[] {
  if (!step.open) return [];
  step.open = false;
  const rest = step.rest === '' ? [''] : [step.rest];
  step.rest = '';
  step.ending = words;
  return rest;
}

function outputLines(
  event: Extract<BuildEvent, { readonly type: 'build-output' }>,
  step: LoggedStep,
): readonly string[] {
  const time = event.elapsed === undefined ? '' : `${(event.elapsed / 1000).toFixed(3)} `;
  const lines = event.text.split(/\r?\n/);
  const last = lines.pop() ?? '';
  const complete = lines.map((line, index) => (index === 0 && step.rest !== '' ? step.rest + line : time + line));
  step.rest = last === '' ? '' : lines.length === 0 && step.rest !== '' ? step.rest + last : time + last;
  return complete;
}

function secondsWords(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)}s`;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

function byteWords(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(2)}${units[power] ?? 'B'}`;
}
