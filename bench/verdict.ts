import type { Figures } from './measure.ts';

/** What a case has to keep. */
export interface Limits {
  /** Our time divided by that of `beside`. */
  readonly time?: number;
  /** Whom `time` and `memory` compare with. Default: docker compose. */
  readonly beside?: string;
  /** Our peak memory divided by that of `beside`. */
  readonly memory?: number;
  /** Our time in milliseconds. */
  readonly milliseconds?: number;
}

/** One limit, and how our figures stand to it. */
export interface Verdict {
  readonly words: string;
  readonly kept: boolean;
}

/** What was measured under a name. */
export interface Result {
  readonly name: string;
  readonly title: string;
  readonly figures: readonly Figures[];
  readonly verdicts: readonly Verdict[];
}

/** Holds figures against limits; ours are the first. */
export function judge(figures: readonly Figures[], limits: Limits): readonly Verdict[] {
  const { beside = 'docker compose' } = limits;
  const [ours] = figures;
  const theirs = figures.find(({ name }) => name === beside);
  const ratio = (of: (one: Figures) => number): number =>
    ours === undefined || theirs === undefined ? Number.NaN : of(ours) / of(theirs);
  const besideWords = beside === 'docker compose' ? '' : ` of the ${beside}`;
  return [
    limitVerdict(
      'time',
      ratio((one) => one.milliseconds),
      limits.time,
      besideWords,
    ),
    limitVerdict(
      'memory',
      ratio((one) => one.peakBytes),
      limits.memory,
      besideWords,
    ),
    limitVerdict('ms', ours?.milliseconds ?? Number.NaN, limits.milliseconds, ''),
  ].flat();
}

function limitVerdict(what: string, found: number, limit: number | undefined, beside: string): readonly Verdict[] {
  if (limit === undefined) return [];
  const digits = limit < 0.1 ? 3 : limit < 100 ? 2 : 0;
  const words = `${what} ${found.toFixed(digits)}${beside} (at most ${Number(limit.toFixed(digits))})`;
  return [{ words, kept: found <= limit }];
}

/** A result as lines of text. */
export function resultText({ name, title, figures, verdicts }: Result): string {
  const lines = [
    `${verdicts.every(({ kept }) => kept) ? 'kept  ' : 'BROKEN'} ${name}: ${title}`,
    ...verdicts.map(({ words, kept }) => `         ${words}${kept ? '' : ': BROKEN'}`),
    ...figures.map((one) => `         ${one.name.padEnd(16)} ${figureWords(one)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** `56 ms (48-146), processor 50 ms, 49 MB`: median, fastest and slowest, mean processor time, peak memory. */
export function figureWords(one: Figures): string {
  const parts = [
    `${one.milliseconds.toFixed(0)} ms (${one.fastest.toFixed(0)}-${one.slowest.toFixed(0)})`,
    ...(one.processorMilliseconds === 0 ? [] : [`processor ${one.processorMilliseconds.toFixed(0)} ms`]),
    ...(one.peakBytes === 0 ? [] : [`${(one.peakBytes / 1e6).toFixed(0)} MB`]),
  ];
  return parts.join(', ');
}
