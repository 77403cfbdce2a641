import fc from 'fast-check';

/** A value to be written as YAML in some style. */
type Written =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'block'; readonly header: string; readonly lines: readonly string[] }
  | { readonly kind: 'flow'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Written[]; readonly indented: boolean; readonly noise: Noise }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [string, Written])[]; readonly noise: Noise };

/** Mostly the ordinary, so that a whole text has a chance of being all in order. */
function rarely<T>(ordinary: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 30, arbitrary: ordinary }, { weight: 1, arbitrary: odd });
}

/** What may stand around a value and means nothing, or nearly so. */
interface Noise {
  readonly properties: string;
  readonly before: string;
  readonly after: string;
  readonly ownLine: boolean;
  readonly indent: number;
}

const words = rarely(
  fc.constantFrom(
    'a',
    'b',
    'image',
    'x-y',
    'A_B',
    'é日本',
    '🐳',
    'null',
    '~',
    'true',
    'Yes',
    '0755',
    '1_000',
    '0x1f',
    '1e3',
    '.5',
    '3.10',
    '22:22',
    '2024-01-02',
    '-1',
    '-a',
    '?b',
    ':c',
    '80:80',
    'http://x/y#z',
    '$$x',
    'a b',
    'a  b',
    "it's",
    'a"b',
    'a#b',
    'a #b',
    '=',
    '.',
    '..',
    'c\\d',
    '__proto__',
    '{}',
    '[]',
    '',
  ),
  fc.constantFrom(
    'a: b',
    '- a',
    '*x',
    '&x',
    '!t',
    '!reset',
    '<<',
    '@a',
    '`a',
    '%a',
    '|',
    '>',
    '{',
    '[',
    ']',
    '}',
    ',',
    'a,b',
    'a]b',
    '${A:-b}',
    '---',
    '...',
    ' ',
    '\u00a0',
    'x\u2028y',
    '\t',
    '\uFEFF',
  ),
);

const scalars: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: words },
  { weight: 2, arbitrary: words.map((word) => JSON.stringify(word)) },
  { weight: 2, arbitrary: words.map((word) => `'${word.replaceAll("'", "''")}'`) },
  { weight: 1, arbitrary: fc.constantFrom('*x', '*y', '&x 1', '&y', '!reset', '!reset null', '!override [a]') },
  {
    weight: 1,
    arbitrary: rarely(
      fc.constantFrom(
        '"a\\n\\t\\x41\\u00e9\\U0001F433"',
        '"a\n    b"',
        '"a\n\n    b "',
        'a\n     b',
        'a\n\n     b',
        'a\n      b # c',
        "'a\n     b'",
      ),
      fc.constantFrom(
        '"a\\n\\t\\x41\\u00e9\\U0001F433\\q"',
        '"a\\\n  b"',
        '"a\n  b"',
        '"a\n\n  b "',
        "'a\n  b'",
        'a\n  b',
        'a\n\n   b',
        'a\nb',
        'a\n    b # c',
        '"a\n\\  b"',
        '"a"b',
        "'a' 'b'",
        '"a"#b',
        '"a" #b',
        '"a\\ud83d"',
        '"\\/"',
        '"a \n b"',
        '"\\\r\n b"',
        '!!str 1',
        '*z',
      ),
    ),
  },
);

const flowGaps: fc.Arbitrary<readonly [string, string, string]> = fc.tuple(
  rarely(fc.constantFrom('', ' ', '\n          ', ' # c\n          '), fc.constantFrom('\n')),
  rarely(
    fc.constantFrom(', ', ',', ' , ', ',\n          ', ', # c\n          '),
    fc.constantFrom('\n          , ', ',\n', ' '),
  ),
  rarely(
    fc.constantFrom('', ' ', ',', ', ', '\n          ', ' # c\n          ', ',\n          '),
    fc.constantFrom('\n  ', '\n'),
  ),
);

const flows: fc.Arbitrary<string> = fc.letrec<{ node: string; seq: string; map: string }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, scalars, tie('seq'), tie('map')),
  seq: fc
    .tuple(fc.array(rarely(tie('node'), fc.constant('a: b')), { maxLength: 4 }), flowGaps)
    .map(([items, [open, comma, close]]) => `[${open}${items.join(comma)}${close}]`),
  map: fc
    .tuple(
      fc.array(
        fc.tuple(
          fc.constantFrom('a', 'b', 'c', '"d"', 'é', 'f g', "'h'", '<<'),
          rarely(fc.constantFrom(': ', ': ', ' : ', ':\n      '), fc.constantFrom(':', ' ')),
          tie('node'),
        ),
        { maxLength: 4 },
      ),
      flowGaps,
    )
    .map(([pairs, [open, comma, close]]) => `{${open}${pairs.map((pair) => pair.join('')).join(comma)}${close}}`),
})).node;

const noises: fc.Arbitrary<Noise> = fc.record({
  properties: fc.oneof(
    { weight: 8, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: rarely(
        fc.constantFrom('&x ', '&y ', '!reset ', '!override ', '!override &x ', '&y !reset '),
        fc.constantFrom('!t ', '!!map '),
      ),
    },
  ),
  before: fc.oneof(
    { weight: 8, arbitrary: fc.constant('') },
    {
      weight: 3,
      arbitrary: rarely(
        fc.constantFrom('\n', '# c\n', '  # c\n', '      # c\n', '   \n', '\r\n', '#\n', '\n\n'),
        fc.constantFrom('\t\n'),
      ),
    },
  ),
  after: fc.oneof(
    { weight: 8, arbitrary: fc.constant('') },
    {
      weight: 3,
      arbitrary: rarely(fc.constantFrom(' ', ' # c', ' #', ' # ä: [', '   '), fc.constantFrom('#c', '\t', '\r')),
    },
  ),
  ownLine: fc.boolean(),
  indent: rarely(fc.constantFrom(2, 2, 2, 4, 3), fc.constantFrom(0, 1)),
});

const keys: fc.Arbitrary<string> = rarely(
  fc.oneof(
    { weight: 9, arbitrary: fc.nat({ max: 40 }).map((index) => `k${index}`) },
    { weight: 3, arbitrary: fc.constantFrom('services', 'x-a', 'é', '"q r"', "'s'", 'g h', 'n ', '<<') },
  ),
  fc.oneof(fc.constantFrom('<< ', '"<<"', '&k l', '*x ', '? m', '1', 'true', '!t o', ''), scalars),
);

const blocks: fc.Arbitrary<Written> = fc
  .record({
    header: rarely(
      fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '| # c', '>  ', '&x |', '!reset >-'),
      fc.constantFrom('|2', '>1-', '|+2', '|9', '|#c', '| x'),
    ),
    lines: fc.array(
      rarely(
        fc.constantFrom('a', 'b c', '', '', '  d', '    e', '# f', 'g: h', 'j ', '- k', 'é🐳', '   '),
        fc.constantFrom('\ti', '---', 'l\r', '\r', ' '),
      ),
      { maxLength: 5 },
    ),
  })
  .map((block): Written => ({ kind: 'block', ...block }));

const values: fc.Arbitrary<Written> = fc.letrec<{ value: Written; list: Written; map: Written }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { weight: 5, arbitrary: scalars.map((text): Written => ({ kind: 'scalar', text })) },
    { weight: 1, arbitrary: blocks },
    { weight: 1, arbitrary: flows.map((text): Written => ({ kind: 'flow', text })) },
    { weight: 3, arbitrary: tie('list') },
    { weight: 5, arbitrary: tie('map') },
  ),
  list: fc
    .record({ items: fc.array(tie('value'), { minLength: 1, maxLength: 4 }), indented: fc.boolean(), noise: noises })
    .map((list): Written => ({ kind: 'list', ...list })),
  map: fc
    .record({ pairs: fc.array(fc.tuple(keys, tie('value')), { minLength: 1, maxLength: 5 }), noise: noises })
    .map((map): Written => ({ kind: 'map', ...map })),
})).value;

/** The value after `key:` or `-`, on the line or below it. */
function write(value: Written, indent: number, afterDash: boolean): string {
  const margin = ' '.repeat(Math.max(0, indent));
  switch (value.kind) {
    case 'scalar':
    case 'flow':
      return ` ${value.text}\n`;
    case 'block':
      return ` ${value.header}\n${value.lines.map((line) => `${line.trim() === '' ? '' : margin}${line}\n`).join('')}`;
    case 'list': {
      const { properties, before, after, indent: step } = value.noise;
      const inner = ' '.repeat(Math.max(0, indent + (value.indented ? 0 : -2)));
      const items = value.items.map((item) => `${inner}-${write(item, inner.length + step, true)}`);
      return ` ${properties}${after}\n${items.join(before)}`;
    }
    case 'map': {
      const { properties, before, after, ownLine, indent: step } = value.noise;
      const pairs = value.pairs.map(([key, member]) => `${key}:${write(member, indent + step, false)}`);
      const joined = pairs.join(`${before}${margin}`);
      return ownLine || !afterDash ? ` ${properties}${after}\n${before}${margin}${joined}` : ` ${properties}${joined}`;
    }
  }
}

const frames = fc.tuple(
  rarely(
    fc.constantFrom('', '', '---\n', '# c\n', '\n', '--- # c\n'),
    fc.constantFrom('--- ', '%YAML 1.2\n---\n', '\uFEFF', '  ', '---\n---\n'),
  ),
  rarely(
    fc.constantFrom('', '', '# c', '\n\n', '  # c\n', '   '),
    fc.constantFrom('...\n', '---\n', '---\na: 1\n', '... # c\n', ']', 'a'),
  ),
);

/** Texts that are YAML, or nearly so: every construct in odd company. */
export const yamlTexts: fc.Arbitrary<string> = fc
  .tuple(
    frames,
    fc.array(fc.tuple(keys, values), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('\n', '\n', '\n', '\r\n'),
    fc.boolean(),
  )
  .map(([[start, end], pairs, lineEnd, endsLine]) => {
    const body = pairs.map(([key, value]) => `${key}:${write(value, 2, false)}`).join('');
    const text = `${start}${body}${end}`;
    const whole = endsLine ? text : text.replace(/\n$/, '');
    return lineEnd === '\n' ? whole : whole.replaceAll(/\r?\n/g, lineEnd);
  });

/** A file that is all in order, so that reading it quickly is expected to work. */
export const composeTexts: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom('image: alpine', "image: 'alpine:3'", 'image: "a/b:${TAG:-1}" # tag', 'image: nginx # é'),
      fc.constantFrom(
        'command: ["a", \'b\', c]',
        'command: >-\n      echo one\n      two',
        'command:\n    - a\n    - "b c"',
        'command: echo a\n      b',
      ),
      fc.constantFrom(
        '<<: *base',
        '<<: [*base, *other]',
        'environment: *env',
        'environment: {A: 1, "B": "2"}',
        'ports: !override\n      - 80:80',
        'ports: !reset []',
        'labels:\n\n      # why\n      k: v\n      l:',
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((services) => {
    const head = 'x-base: &base\n  restart: always\nx-other: &other {init: true}\nx-env: &env\n  K: v\nservices:\n';
    return `${head}${services.map((lines, index) => `  s${index}:\n    ${lines.join('\n    ')}\n`).join('')}`;
  });
