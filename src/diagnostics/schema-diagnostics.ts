import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** Where a fault of the schema is: `path` is dotted, empty for the top level. */
export interface SchemaPlace {
  readonly path: string;
  readonly at: SourceSpan;
}

function below({ path }: SchemaPlace, problem: string): string {
  return path === '' ? problem : `${path} ${problem}`;
}

/** A key that does not exist there. */
export const schemaUnknownKey: DiagnosticFactory<[place: SchemaPlace, key: string, hint: string | undefined]> =
  defineDiagnostic({
    code: 'schema-unknown-key',
    about: 'The Compose Specification knows no such key at this place. Keys of your own begin with `x-`.',
    write: (place, key, hint) => ({
      message: below(place, `additional properties '${key}' not allowed`),
      path: place.path === '' ? key : `${place.path}.${key}`,
      at: place.at,
      hint,
    }),
  });

/** A name with characters that names may not have. */
export const schemaBadName: DiagnosticFactory<[place: SchemaPlace, name: string]> = defineDiagnostic({
  code: 'schema-bad-name',
  about: "Names of services, volumes and the like consist of letters, digits, '.', '_' and '-'.",
  write: (place, name) => ({
    message: below(place, `additional properties '${name}' not allowed as a name`),
    path: place.path === '' ? name : `${place.path}.${name}`,
    at: place.at,
    hint: name.includes('$')
      ? 'variables are not expanded in keys; write the name itself'
      : name === ''
        ? 'give it a name'
        : "use letters, digits, '.', '_' and '-'",
  }),
});

/** A value of the wrong kind. */
export const schemaWrongType: DiagnosticFactory<
  [place: SchemaPlace, expected: string, found: string, hint: string | undefined]
> = defineDiagnostic({
  code: 'schema-wrong-type',
  about: 'The value is of another kind than the Compose Specification asks for, such as a list instead of text.',
  write: (place, expected, found, hint) => ({
    message: below(place, `must be ${expected}, but is ${found}`),
    path: place.path,
    at: place.at,
    hint,
  }),
});

/** A word that is not one of a few. */
export const schemaNotOneOf: DiagnosticFactory<
  [place: SchemaPlace, allowed: readonly string[], found: string, suggestion: string | undefined]
> = defineDiagnostic({
  code: 'schema-not-one-of',
  about: 'Only a few words are possible at this place.',
  write: (place, allowed, found, suggestion) => ({
    message: below(
      place,
      `${allowed.length === 1 ? 'value must be' : 'value must be one of'} ${allowed.map((word) => `'${word}'`).join(', ')}, but is ${found}`,
    ),
    path: place.path,
    at: place.at,
    hint: suggestion === undefined ? undefined : `did you mean '${suggestion}'?`,
  }),
});

/** A key that has to be there. */
export const schemaMissingKey: DiagnosticFactory<[place: SchemaPlace, key: string]> = defineDiagnostic({
  code: 'schema-missing-key',
  about: 'A key without which the rest has no meaning is absent.',
  write: (place, key) => ({
    message: below(place, `missing property '${key}'`),
    path: place.path,
    at: place.at,
    hint: `add ${key}: to it`,
  }),
});

/** Text of the wrong form. */
export const schemaPattern: DiagnosticFactory<
  [place: SchemaPlace, found: string, pattern: string, hint: string | undefined]
> = defineDiagnostic({
  code: 'schema-pattern',
  about: 'The text has not the form that is asked for at this place.',
  write: (place, found, pattern, hint) => ({
    message: below(place, `'${found}' does not match pattern '${pattern}'`),
    path: place.path,
    at: place.at,
    hint,
  }),
});

/** A number out of bounds. */
export const schemaOutOfRange: DiagnosticFactory<[place: SchemaPlace, bound: string, found: string]> = defineDiagnostic(
  {
    code: 'schema-out-of-range',
    about: 'The number is too small or too large for this place.',
    write: (place, bound, found) => ({
      message: below(place, `must be ${bound}, but is ${found}`),
      path: place.path,
      at: place.at,
    }),
  },
);

/** One item twice. */
export const schemaRepeatedItem: DiagnosticFactory<
  [place: SchemaPlace, first: number, second: number, firstAt: SourceSpan]
> = defineDiagnostic({
  code: 'schema-repeated-item',
  about: 'A list whose items must differ holds the same item twice.',
  write: (place, first, second, firstAt) => ({
    message: below(place, `items at ${first} and ${second} are equal`),
    path: `${place.path}.${second}`,
    at: place.at,
    related: [{ message: 'the same item is first listed here', at: firstAt }],
    hint: 'remove one of them',
  }),
});

/** Too few or too many keys. */
export const schemaKeyCount: DiagnosticFactory<[place: SchemaPlace, limit: number, count: number]> = defineDiagnostic({
  code: 'schema-key-count',
  about: 'The mapping has more or fewer keys than make sense; mostly exactly one of several is asked for.',
  write: (place, limit, count) => ({
    message: below(place, `must have exactly ${limit} ${limit === 1 ? 'key' : 'keys'}, but has ${count}`),
    path: place.path,
    at: place.at,
  }),
});

/** More faults than anyone reads. */
export const schemaMoreFaults: DiagnosticFactory<[shown: number, total: number, at: SourceSpan]> = defineDiagnostic({
  code: 'schema-more-faults',
  about: 'The file has more faults than are shown; the rest is left out.',
  write: (shown, total, at) => ({ message: `${total - shown} more faults of this kind are not shown`, at }),
});
