/** What a text means where the specification wants a boolean. */
export interface BooleanWord {
  readonly value: boolean;
  /** `yes`, `no`, `on`, `off`, `y`, `n`: words of YAML 1.1 that YAML 1.2 reads as text. */
  readonly outdated: boolean;
}

const words: ReadonlyMap<string, BooleanWord> = new Map([
  ['true', { value: true, outdated: false }],
  ['false', { value: false, outdated: false }],
  ...['y', 'yes', 'on'].map((word): [string, BooleanWord] => [word, { value: true, outdated: true }]),
  ...['n', 'no', 'off'].map((word): [string, BooleanWord] => [word, { value: false, outdated: true }]),
]);

/** Reads a boolean word in any case (spec-facts 7.5); undefined when it is none. */
export function parseBooleanWord(text: string): BooleanWord | undefined {
  return words.get(text.toLowerCase());
}

/** The words Go's `strconv.ParseBool` knows, which is what COMPOSE_* switches take. */
export function parseSwitch(text: string): boolean | undefined {
  if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return true;
  return /^(?:0|f|F|false|FALSE|False)$/.test(text) ? false : undefined;
}
