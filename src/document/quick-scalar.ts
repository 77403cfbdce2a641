import { getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { annotateScalar } from './annotate-scalar.ts';
import type { ScalarNode } from './node.ts';
import { decline, type QuickReading, skipBlanks, skipSeparation, spanBetween } from './quick-reading.ts';
import { lastWritten } from './written-end.ts';

/** Whether only line ends follow the last line of a block scalar; of lines of blanks the parsers keep different parts. */
function endsClearly(text: string, written: number, end: number): boolean {
  const lineEnd = text.indexOf('\n', written);
  return lineEnd === -1 || lineEnd >= end || !text.slice(lineEnd, end).includes(' ');
}

/** A line end that is escaped in double quotes: the parsers differ about the blank lines below it. */
const escapedLineEnd = /\\\r?\n/;

/** Where a scalar begins and ends in the text, its quotes or block header included; undefined if it has no place. */
function placeOf(reading: QuickReading, event: ScalarEvent): { start: number; end: number } | undefined {
  const { text } = reading.source;
  const { valueStart, valueEnd } = event;
  switch (event.style) {
    case SCALAR_STYLE.PLAIN: {
      if (valueStart !== -1) return { start: valueStart, end: valueEnd };
      const empty = skipBlanks(text, reading.place);
      return { start: empty, end: empty };
    }
    case SCALAR_STYLE.DOUBLE_QUOTED:
      if (!event.fast && escapedLineEnd.test(text.slice(valueStart, valueEnd))) return undefined;
      return { start: valueStart - 1, end: valueEnd + 1 };
    case SCALAR_STYLE.SINGLE_QUOTED:
      return { start: valueStart - 1, end: valueEnd + 1 };
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK: {
      const start = skipSeparation(text, reading.place);
      const indicator = text.charAt(start);
      if (indicator !== '|' && indicator !== '>') return undefined;
      const end = lastWritten(text, valueEnd);
      return endsClearly(text, end, valueEnd) ? { start, end: Math.max(start, end) } : undefined;
    }
  }
}

/** Reads a scalar; its tag, if any, is one of Compose's. */
export function readQuickScalar(reading: QuickReading, event: ScalarEvent, tag: string | undefined): ScalarNode {
  const place = placeOf(reading, event) ?? declined(reading);
  reading.place = place.end;
  reading.size += 1;
  reading.height = 0;
  const text = getScalarValue(reading.source.text, event);
  const plain = event.style === SCALAR_STYLE.PLAIN;
  const span = spanBetween(reading, place.start, place.end);
  const annotated = annotateScalar({ text, tag, plain }, span);
  if ('node' in annotated) return annotated.node;
  decline(reading);
  return { kind: 'scalar', span, value: null, text, quoted: false };
}

function declined(reading: QuickReading): { start: number; end: number } {
  decline(reading);
  return { start: reading.place, end: reading.place };
}
