import type { Random } from './random.ts';

/** Changes a text a little, or a lot. `other` is a text to take pieces from. */
export function mutate(bytes: Buffer, other: Buffer, random: Random): Buffer {
  let changed = bytes;
  const rounds = random.below(5) === 0 ? 2 + random.below(10) : 1;
  for (let round = 0; round < rounds; round += 1) {
    const mutation = random.pick(random.pick([byteMutations, tokenMutations, valueMutations, valueMutations]) ?? []);
    changed = mutation?.(changed, other, random) ?? changed;
  }
  return changed.subarray(0, 256 * 1024);
}

type Mutation = (bytes: Buffer, other: Buffer, random: Random) => Buffer;

/** Bytes that mean something to YAML, to `${}`, to UTF-8 or to a terminal. */
const bytesOfInterest = Buffer.from([
  ...Buffer.from('{}[]:-,#&*!|>\'"%@`?~$=\\/. \n\r\t0'),
  ...[0x00, 0x01, 0x1b, 0x7f, 0x80, 0xc0, 0xe2, 0xed, 0xef, 0xf0, 0xfe, 0xff],
]);

/** Words that have surprised readers of YAML or of objects before. */
const tokens: readonly string[] = [
  ...[
    'null',
    '~',
    'true',
    'no',
    'on',
    '0755',
    '0x1F',
    '1e999',
    '-0',
    '.inf',
    '.nan',
    '22:22',
    '2001-01-01',
    '9007199254740993',
  ],
  ...['', "''", '""', '{}', '[]', '[{}]', '{a: b}', '- x', '? x', ': y', '<<: *a', '*a', '&a', '&a [*a]', '&a {k: *a}'],
  ...[
    '!reset',
    '!override',
    '!reset null',
    '!!str',
    '!!binary aGk=',
    '!!set',
    '!x',
    '|',
    '|+9',
    '>-',
    '---',
    '...',
    '%YAML 1.1',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__proto__: {x: 1}', 'length'],
  ...[
    '$',
    '$$',
    '${',
    '${}',
    '${A',
    '${A:-${B}}',
    '${A:?}',
    '${A:+x',
    '${A-}',
    '$1',
    '${__proto__}',
    '${constructor:-x}',
  ],
  ...[
    'services:',
    'image: x',
    'build: .',
    'extends: a',
    'include: [compose.yaml]',
    'depends_on: [a]',
    'networks:',
    'volumes:',
    'x-y:',
  ],
  ...[
    '80:x',
    '1-99999:1',
    '65536',
    '1-65535',
    '-1',
    '/:/:/:ro',
    'a:b:c:d',
    'C:\\x:/y',
    '~/x:/y',
    '../..',
    '/dev/null',
    'service:a',
  ],
  ...[
    '1.5gb',
    '1h1',
    '-5m',
    '9999999999999999999s',
    'env_file: .env',
    'profiles: ["*"]',
    'scale: -1',
    '\u202e',
    '\ud83d\ude00',
    '\u2028',
  ],
];

const byteMutations: readonly Mutation[] = [
  (bytes, _, random) => {
    if (bytes.length === 0) return bytes;
    const changed = Buffer.from(bytes);
    changed[random.below(bytes.length)] = random.pick([...bytesOfInterest]) ?? 0;
    return changed;
  },
  (bytes, _, random) => insert(bytes, Buffer.from([random.pick([...bytesOfInterest]) ?? 0]), random),
  (bytes, _, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(8))]);
  },
  (bytes, _, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, _, random) =>
    insert(bytes, Buffer.alloc(1 + random.below(2000), random.pick(['[', '{', '- ', 'a: ', '\n', ' ']) ?? ' '), random),
  (bytes, other, random) => insert(bytes, slice(other, random), random),
];

const tokenMutations: readonly Mutation[] = [
  (bytes, _, random) => insert(bytes, Buffer.from(random.pick(tokens) ?? ''), random),
  (bytes, _, random) => replaceWord(bytes, random.pick(tokens) ?? '', random),
  (bytes, _, random) => replaceWord(bytes, random.pick(tokens) ?? '', random),
  (bytes, other, random) => replaceWord(bytes, random.pick(wordsOf(other)) ?? '', random),
  (bytes, _, random) => replaceWord(bytes, random.pick(wordsOf(bytes)) ?? '', random),
  (bytes, _, random) => changeLines(bytes, random, (lines, at) => [...lines.slice(0, at), ...lines.slice(at + 1)]),
  (bytes, _, random) => changeLines(bytes, random, (lines, at) => lines.toSpliced(at, 0, lines[at] ?? '')),
  (bytes, _, random) => changeLines(bytes, random, (lines, at) => lines.with(at, `  ${lines[at] ?? ''}`)),
  (bytes, _, random) =>
    changeLines(bytes, random, (lines, at) => lines.with(at, (lines[at] ?? '').replace(/^ {1,2}/, ''))),
  (bytes, other, random) =>
    changeLines(bytes, random, (lines, at) => lines.toSpliced(at, 0, random.pick(linesOf(other)) ?? '')),
  (bytes, _, random) => changeLines(bytes, random, (lines, at) => lines.toSpliced(at, 0, random.pick(lines) ?? '')),
];

/** Values change and the shape of the file stays, so that most of these reach what comes after parsing. */
const valueMutations: readonly Mutation[] = [
  (bytes, _, random) => replaceValue(bytes, random.pick(tokens) ?? '', random),
  (bytes, other, random) => replaceValue(bytes, valueOf(other, random), random),
  (bytes, _, random) => replaceValue(bytes, valueOf(bytes, random), random),
  (bytes, _, random) => replaceValue(bytes, JSON.stringify(random.pick(tokens) ?? ''), random),
  (bytes, _, random) => replaceValue(bytes, String(random.below(3) - 1), random),
  (bytes, other, random) =>
    changeLines(bytes, random, (lines, at) => {
      const indent = /^[ -]*/.exec(lines[at] ?? '')?.[0] ?? '';
      return lines.toSpliced(at + 1, 0, indent + (random.pick(linesOf(other)) ?? '').trimStart());
    }),
];

function insert(bytes: Buffer, piece: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}

function slice(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  return bytes.subarray(at, at + random.below(200));
}

/** Texts keep every byte: each is one character. */
function textOf(bytes: Buffer): string {
  return bytes.toString('latin1');
}

function wordsOf(bytes: Buffer): readonly string[] {
  return textOf(bytes).match(/[^\s:,[\]{}"']+/g) ?? [];
}

/** What stands behind a key or a dash, up to the end of the line. */
function valuesOf(bytes: Buffer): readonly RegExpExecArray[] {
  return [...textOf(bytes).matchAll(/(?<=[:-] )[^\n]+/g)];
}

function valueOf(bytes: Buffer, random: Random): string {
  return Buffer.from(random.pick(valuesOf(bytes))?.[0] ?? '', 'latin1').toString();
}

function replaceValue(bytes: Buffer, replacement: string, random: Random): Buffer {
  return replaceMatch(bytes, random.pick(valuesOf(bytes)), Buffer.from(replacement).toString('latin1'));
}

function replaceMatch(bytes: Buffer, match: RegExpExecArray | undefined, replacement: string): Buffer {
  if (match === undefined) return bytes;
  const text = textOf(bytes);
  return Buffer.from(text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length), 'latin1');
}

function linesOf(bytes: Buffer): readonly string[] {
  return textOf(bytes).split('\n');
}

function replaceWord(bytes: Buffer, replacement: string, random: Random): Buffer {
  const word = random.pick([...textOf(bytes).matchAll(/[^\s:,[\]{}"']+/g)]);
  return replaceMatch(bytes, word, Buffer.from(replacement).toString('latin1'));
}

function changeLines(
  bytes: Buffer,
  random: Random,
  change: (lines: readonly string[], at: number) => readonly string[],
): Buffer {
  const lines = linesOf(bytes);
  return Buffer.from(change(lines, random.below(lines.length)).join('\n'), 'latin1');
}
