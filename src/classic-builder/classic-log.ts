import type { BuildNews } from '../engine/builder.ts';
import type { ImageBuildLine } from '../engine/resource.ts';

/** Reads the log of a classic build as steps. */
export interface ClassicLog {
  readonly accept: (line: ImageBuildLine, now: number) => readonly BuildNews[];
  /** The end of the step under way. */
  readonly end: (error: string | undefined, now: number) => readonly BuildNews[];
  /** Id of the image, once the log has told it. */
  readonly image: () => string | undefined;
}

interface RunningStep {
  readonly step: string;
  readonly name: string;
  readonly startedAt: number;
  readonly cached: boolean;
}

const stepForm = /^step (?<number>\d+)\/(?<count>\d+) ?: (?<instruction>.*)$/i;
/** What the builder says of itself between the steps. */
const ownWords =
  /^(?: ?-*> |Removing intermediate|Removed intermediate|Successfully (?:built|tagged)|COMMIT |\[Warning\] )/;
/** What closes the colour of an error line comes with the next one. */
const colourReset = '\u001b[0m';
const cachedForm = /^ ?-+> Using cache/;

/** Starts reading a log. */
export function createClassicLog(): ClassicLog {
  let running: RunningStep | undefined;
  let image: string | undefined;
  let rest = '';
  const finish = (error: string | undefined, now: number): readonly BuildNews[] => {
    if (running === undefined) return [];
    const { step, name, startedAt, cached } = running;
    running = undefined;
    const state = error !== undefined ? 'failed' : cached ? 'cached' : 'done';
    return [{ kind: 'step', step, name, state, startedAt, endedAt: now, ...(error === undefined ? {} : { error }) }];
  };
  const readLine = (text: string, now: number): readonly BuildNews[] => {
    const { number, count, instruction } = stepForm.exec(text)?.groups ?? {};
    if (number !== undefined) {
      const ended = finish(undefined, now);
      running = {
        step: number,
        name: `[${number}/${count ?? number}] ${instruction ?? ''}`,
        startedAt: now,
        cached: false,
      };
      return [...ended, { kind: 'step', step: number, name: running.name, state: 'running', startedAt: now }];
    }
    if (running === undefined) return [];
    if (cachedForm.test(text)) running = { ...running, cached: true };
    if (text.trim() === '' || ownWords.test(text.replace(colourReset, ''))) return [];
    const elapsed = now - running.startedAt;
    return [{ kind: 'output', step: running.step, stream: 'stdout', text: `${text}\n`, elapsed }];
  };
  return {
    accept: ({ stream, aux }, now) => {
      if (aux?.ID !== undefined) image = aux.ID;
      const lines = (rest + (stream ?? '')).split('\n');
      rest = lines.pop() ?? '';
      return lines.flatMap((line) => readLine(line, now));
    },
    end: (error, now) => {
      const last = rest === '' ? [] : readLine(rest, now);
      rest = '';
      return [...last, ...finish(error, now)];
    },
    image: () => image,
  };
}
