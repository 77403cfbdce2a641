import { EVENT_ID, type Event, parseEvents } from 'js-yaml';
import type { SourceText } from '../diagnostics/source-text.ts';
import type { ComposeDocument } from './node.ts';
import { readQuickTree } from './quick-tree.ts';

/** Texts beyond this are left to the careful reader, which has the limits: UTF-16 code units, and events of the parser. */
const mostText = 4_000_000;
const mostEvents = 500_000;

/** Most open collections; `js-yaml` needs call stack for each. */
const mostLevels = 100;

/**
 * What the two parsers do not read alike: tabs, lone carriage returns, line ends that only Unicode knows, byte order
 * marks, control characters, directives, the end of a document.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unusual =
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)|^(?: *%|\.\.\.| +---(?:\s|$))/m;

function readEvents(text: string): readonly Event[] | undefined {
  try {
    return parseEvents(text, { maxDepth: mostLevels });
  } catch {
    return undefined;
  }
}

/**
 * Reads a compose file's text as {@link parseDocuments} does, several times faster, if there is nothing wrong with it and
 * nothing unusual in it: then trees and spans are the same. Else undefined, and the other one has to be asked, which also
 * words every fault. Needs no `yaml`, which takes long to load.
 */
export function parseQuickly(source: SourceText): readonly ComposeDocument[] | undefined {
  const { text } = source;
  if (text.length > mostText || unusual.test(text)) return undefined;
  const events = readEvents(text);
  if (events === undefined || events.length > mostEvents) return undefined;
  const [document] = events;
  if (document?.type !== EVENT_ID.DOCUMENT) return undefined;
  const reading = {
    source,
    events,
    anchors: new Map(),
    next: 1,
    place: 0,
    size: 0,
    height: 0,
    resets: 0,
    declined: false,
  };
  const root = readQuickTree(reading);
  if (root === undefined || reading.next !== events.length - 1) return undefined;
  return [{ root }];
}
