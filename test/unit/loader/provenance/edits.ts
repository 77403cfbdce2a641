import type { SourceRange } from '../../../../src/diagnostics/source-range.ts';

/** Texts that a scalar or line may be changed into, likeliest first; each differs from the text. */
export function edits(text: string, value: unknown): readonly string[] {
  const candidates = [
    ...replaceValue(text, value),
    ...(typeof value === 'boolean' ? [String(!value)] : []),
    text.replace(/(["']?)$/, 'x$1'),
    text.replace(/^(["']?)([^:]+)(?=:)/, '$1$2x'),
    text.replace(/^(["']?)[^:]+(?=:)/, '$1another'),
    text.replace(/^(["']?)[^:]+(?=:)/, '$1./another'),
    text.replace(/,?\b(?:ro|z|nocopy|rshared)\b/, ''),
    text.replace(/:([^:]+)(?=:)/, ':$1x'),
    text.replace(/^(["']?)/, '$1./another:'),
    text.replace(/tcp|udp/, (word) => (word === 'tcp' ? 'udp' : 'tcp')),
    text.replace(/\d+/g, nextNumber),
    text.replace(/\$\{[^}]*\}|\$\w+/, '77'),
    text.replace(/(?:\$\{[^}]*\}|\$\w+)(?!.*\$)/, '78'),
    text.replace(/\d+(?=\D*$)/, nextNumber),
    text.replace(/\d+/, nextNumber),
    text.replace(/\b(?:true|false)\b/, flipped),
    ...words.flatMap((group) => group.filter((word) => group.includes(text.replaceAll(/["']/g, '')) && word !== text)),
    ...(/^\w+$/.test(text) ? [`${text}=edited`] : []),
    '{priority: 7}',
  ];
  return [...new Set(candidates)].filter((candidate) => candidate !== text);
}

/** Words that stand for each other in one attribute. */
const words: readonly (readonly string[])[] = [
  ['service_started', 'service_healthy', 'service_completed_successfully'],
  ['always', 'no', 'on-failure', 'unless-stopped', 'missing', 'never'],
  ['tcp', 'udp'],
  ['bind', 'volume', 'tmpfs'],
  ['host', 'ingress'],
  ['sync', 'rebuild', 'restart'],
  ['start-first', 'stop-first'],
  ['continue', 'pause', 'rollback'],
  ['none', 'any', 'on-failure'],
  ['rprivate', 'shared'],
  ['global', 'replicated'],
  ['vip', 'dnsrr'],
  ['z', 'Z'],
  ['private', 'host'],
];

function replaceValue(text: string, value: unknown): readonly string[] {
  const written = String(value);
  const at = text.lastIndexOf(written);
  if (value === null || written === '' || at === -1) return [];
  const before = text.slice(0, at);
  const after = text.slice(at + written.length);
  if (typeof value === 'boolean') return [`${before}${flipped(written)}${after}`];
  const changed = /^\d+$/.test(written) ? [nextNumber(written)] : [`${written}x`];
  return changed.map((middle) => `${before}${middle}${after}`);
}

function nextNumber(digits: string): string {
  return String(Number(digits) + 1);
}

function flipped(word: string): string {
  return word === 'true' ? 'false' : 'true';
}

/** A text with a range of it changed. */
export function edited(text: string, range: SourceRange, change: string): string {
  return text.slice(0, range.start.offset) + change + text.slice(range.end.offset);
}
