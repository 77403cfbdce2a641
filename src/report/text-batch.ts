import type { TextOutput } from './text-output.ts';

/** Gathers small texts into few writes, and says when their reader does not keep up. */
export interface TextBatch {
  readonly add: (output: TextOutput, text: string) => void;
  /** A reader is behind: resolves when there is a point in adding more. */
  readonly behind: () => Promise<void> | undefined;
  /** Writes what was gathered at once. */
  readonly flush: () => void;
}

/** So many characters are written without waiting for more. */
const muchText = 64 * 1024;

/**
 * Makes a batch. What is added in one turn of the event loop is written at its end; texts for different outputs keep their order.
 * `write` is called around all writes of one flush.
 */
export function createTextBatch(write: (body: () => void) => void = (body) => body()): TextBatch {
  let gathered: { readonly output: TextOutput; texts: string }[] = [];
  let length = 0;
  let alarm: NodeJS.Immediate | undefined;
  let draining: Promise<void> | undefined;

  const flush = (): void => {
    if (alarm !== undefined) clearImmediate(alarm);
    alarm = undefined;
    const due = gathered;
    gathered = [];
    length = 0;
    if (due.length === 0) return;
    write(() => {
      for (const { output, texts } of due) output.write(texts);
    });
    const slow = due.flatMap(({ output }) => output.drain?.() ?? []);
    if (slow.length === 0) return;
    const drained = Promise.all(slow).then(() => {
      if (draining === drained) draining = undefined;
    });
    draining = drained;
  };
  return {
    add: (output, text) => {
      const last = gathered.at(-1);
      if (last?.output === output) last.texts += text;
      else gathered.push({ output, texts: text });
      length += text.length;
      if (length >= muchText) flush();
      else alarm ??= setImmediate(flush);
    },
    behind: () => draining,
    flush,
  };
}
