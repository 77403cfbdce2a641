import type { TopsailEvent } from '../events/event.ts';
import { transferSize } from './human-size.ts';
import { progressWords, resourceTitle } from './progress-words.ts';
import { layerShare, newsWords } from './transfer-words.ts';

type ProgressEvent = Extract<TopsailEvent, { readonly type: 'node-progress' }>;

/** The lines that plain progress has of pulls and pushes. */
export interface TransferLines {
  /** Each layer's phase as it begins, and every few seconds how the whole stands. */
  readonly linesOf: (event: ProgressEvent) => readonly (readonly [title: string, ...words: string[]])[];
}

/** Milliseconds between two lines about one image. */
const pause = 5000;

/** Remembers what was said last of every layer and image. */
export function createTransferLines(): TransferLines {
  const phases = new Map<string, string>();
  const saidAt = new Map<string, number>();
  return {
    linesOf: (event) => {
      const { node, part, text, current, total } = event;
      if (part === undefined) {
        const at = Date.parse(event.time);
        const before = saidAt.get(node) ?? at;
        saidAt.set(node, before);
        if (current === undefined || at - before < pause) return [];
        saidAt.set(node, at);
        return [[resourceTitle(event), progressWords(event)?.working ?? '', newsWords(event)]];
      }
      const layer = `${node} ${part}`;
      // Engines count the seconds down to their next attempt.
      const phase = text.replace(/\d+/g, '');
      const told = layerShare(event) !== undefined && !/^(?:preparing|waiting)\b/i.test(text);
      if ((!told && !/^retrying\b/i.test(text)) || phases.get(layer) === phase) return [];
      phases.set(layer, phase);
      return [[part, text, ...(total === undefined || total === 0 ? [] : [transferSize(total)])]];
    },
  };
}
