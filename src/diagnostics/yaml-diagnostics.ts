import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** The text is not YAML. */
export const yamlSyntax: DiagnosticFactory<[at: SourceSpan, problem: string, hint?: string]> = defineDiagnostic({
  code: 'yaml-syntax',
  about:
    'The text is not well-formed YAML. The place shown is where reading could not go on; the mistake is there or just before.',
  write: (at, problem, hint) => ({ message: problem, at, hint }),
});

/** A flow collection has no end. */
export const yamlUnclosed: DiagnosticFactory<[opening: SourceSpan, stoppedAt: SourceSpan, closing: ']' | '}']> =
  defineDiagnostic({
    code: 'yaml-unclosed',
    about: 'A list opened with `[` or a mapping opened with `{` is not closed before the indentation or the file ends.',
    write: (opening, stoppedAt, closing) => ({
      message: `did not find expected ',' or '${closing}' for the '${closing === ']' ? '[' : '{'}' opened here`,
      at: opening,
      related: [{ message: `reading stopped here without a '${closing}'`, at: stoppedAt }],
      hint: `close it with '${closing}', or quote the value if it is meant as text`,
    }),
  });

/** A key twice in one mapping. */
export const yamlDuplicateKey: DiagnosticFactory<
  [key: string, path: string, at: SourceSpan, first: SourceSpan, firstLine: number]
> = defineDiagnostic({
  code: 'yaml-duplicate-key',
  about:
    'A mapping holds the same key twice; YAML keeps neither order nor both. Keep one of them. Two merges are one list: `<<: [*a, *b]`.',
  write: (key, path, at, first, firstLine) => ({
    message: `mapping key "${key}" already defined at line ${firstLine}`,
    path,
    at,
    related: [{ message: `"${key}" is first defined here`, at: first }],
    hint: key === '<<' ? 'merge several mappings with one key: <<: [*first, *second]' : undefined,
  }),
});

/** An alias without its anchor. */
export const yamlUnknownAnchor: DiagnosticFactory<[name: string, at: SourceSpan, suggestion: string | undefined]> =
  defineDiagnostic({
    code: 'yaml-unknown-anchor',
    about: 'An alias (`*name`) names an anchor (`&name`) that the same YAML document does not define above it.',
    write: (name, at, suggestion) => ({
      message: `unknown anchor '${name}' referenced`,
      at,
      hint:
        suggestion === undefined
          ? `define it earlier in the same document with &${name}`
          : `did you mean *${suggestion}?`,
    }),
  });

/** An alias inside what it stands for. */
export const yamlAliasCycle: DiagnosticFactory<[at: SourceSpan, path: string, anchor: SourceSpan, anchorPath: string]> =
  defineDiagnostic({
    code: 'yaml-alias-cycle',
    about: 'An alias stands inside the value of its own anchor, so the value would contain itself.',
    write: (at, path, anchor, anchorPath) => ({
      message: `cycle detected: node at path ${path} references node at path ${anchorPath}`,
      path,
      at,
      related: [{ message: 'the anchored value starts here', at: anchor }],
    }),
  });

/** A merge key with something that is no mapping. */
export const yamlMergeValue: DiagnosticFactory<[at: SourceSpan, path: string]> = defineDiagnostic({
  code: 'yaml-merge-value',
  about: 'The merge key `<<` takes a mapping, an alias of one, or a list of those.',
  write: (at, path) => ({
    message: 'map merge requires map or sequence of maps as the value',
    path,
    at,
    hint: 'write <<: *anchor where &anchor marks a mapping, or quote the key to mean the text "<<"',
  }),
});

/** A key that YAML does not read as text. */
export const yamlNonStringKey: DiagnosticFactory<[key: string, path: string, at: SourceSpan]> = defineDiagnostic({
  code: 'yaml-non-string-key',
  about: 'YAML reads this key as a number, a boolean, null, a date or a collection. Quote it to make it text.',
  write: (key, path, at) => ({
    message: `non-string key ${path === '' ? 'at top level' : `in ${path}`}: ${key}`,
    path,
    at,
    hint: `quote it: "${key}"`,
  }),
});

/** A document that is no mapping. */
export const yamlTopLevel: DiagnosticFactory<[found: string, at: SourceSpan]> = defineDiagnostic({
  code: 'yaml-top-level',
  about: 'A compose file is a mapping with members such as `services`; an empty document between `---` lines is none.',
  write: (found, at) => ({ message: `top-level object must be a mapping, but is ${found}`, at }),
});

/** A value that its tag does not fit. */
export const yamlTagMismatch: DiagnosticFactory<[text: string, tag: string, at: SourceSpan, path: string]> =
  defineDiagnostic({
    code: 'yaml-tag-mismatch',
    about: 'A tag such as `!!int` or `!!map` announces a kind of value that the text is not.',
    write: (text, tag, at, path) => ({ message: `cannot decode "${text}" as ${tag}`, path, at }),
  });

/** Too many levels. */
export const yamlTooDeep: DiagnosticFactory<[limit: number, at: SourceSpan]> = defineDiagnostic({
  code: 'yaml-too-deep',
  about: 'Mappings and lists are nested further than any compose file needs; reading stops to protect the machine.',
  write: (limit, at) => ({ message: `nested too deeply: more than ${limit} levels of mappings and lists`, at }),
});

/** Too many values. */
export const yamlTooLarge: DiagnosticFactory<[limit: number, at: SourceSpan]> = defineDiagnostic({
  code: 'yaml-too-large',
  about: 'The document holds more values than any compose file needs; reading stops to protect the machine.',
  write: (limit, at) => ({ message: `the document is too large: more than ${limit} values`, at }),
});

/** Aliases that multiply beyond the budget. */
export const yamlExcessiveAliasing: DiagnosticFactory<[limit: number, at: SourceSpan]> = defineDiagnostic({
  code: 'yaml-excessive-aliasing',
  about:
    'Aliases of aliases expand to more values than any compose file needs (a "YAML bomb"); reading stops to protect the machine.',
  write: (limit, at) => ({
    message: `document contains excessive aliasing: its aliases expand to more than ${limit} values`,
    at,
  }),
});
