import type { EventBody } from '../events/event.ts';
import { transferSize } from './human-size.ts';

/** What a running step says of itself. */
export type ProgressNews = Extract<EventBody, { readonly type: 'node-progress' }>;

/** News in words, with what has been moved and how fast: `Downloading 12.5MB of 45MB, 3.1MB/s`. */
export function newsWords({
  text,
  current,
  total,
  rate,
}: Pick<ProgressNews, 'text' | 'current' | 'total' | 'rate'>): string {
  if (current === undefined) return text;
  const whole = total === undefined || total === 0 ? '' : ` of ${transferSize(total)}`;
  return `${text} ${transferSize(current)}${whole}${rate === undefined ? '' : `, ${transferSize(rate)}/s`}`;
}

/** Eighths of a layer, as Docker Compose draws them. */
const cells = ['⠀', '⡀', '⣀', '⣄', '⣤', '⣦', '⣶', '⣷', '⣿'];

/** One cell a layer, the fuller the more of it has been moved; nothing for no layers. */
export function layerBar(layers: readonly number[]): string {
  if (layers.length === 0) return '';
  const drawn = layers.map((part) => cells[Math.min(cells.length - 1, Math.floor(part * (cells.length - 1)))] ?? '');
  return `[${drawn.join('')}]`;
}

/** How much of a layer has been moved, from 0 to 1, by what is said of it; undefined if that says nothing of it. */
export function layerShare({
  text,
  current,
  total,
}: Pick<ProgressNews, 'text' | 'current' | 'total'>): number | undefined {
  if (/^(?:pulling fs layer|waiting|preparing)/i.test(text)) return 0;
  if (/^(?:downloading|pushing)/i.test(text)) {
    return current === undefined || total === undefined || total === 0 ? 0 : Math.min(1, current / total);
  }
  return /^(?:verifying|download complete|extracting|pull complete|pushed|(?:layer )?already exists|mounted)/i.test(
    text,
  )
    ? 1
    : undefined;
}
