import type { SourceSpan } from '../diagnostics/source-text.ts';
import { resolveGoScalar } from './go-scalar.ts';
import type { MergeTag, ScalarNode } from './node.ts';

const standardTags = 'tag:yaml.org,2002:';

/** Compose's own tags; any other tag has no meaning here. */
export function mergeTagOf(tag: string | undefined): MergeTag | undefined {
  if (tag === '!reset') return 'reset';
  return tag === '!override' ? 'override' : undefined;
}

/** A scalar as a YAML parser hands it over. */
export interface WrittenScalar {
  /** Escapes and line folding undone. */
  readonly text: string;
  /** Resolved: `!!str` is `tag:yaml.org,2002:str`. */
  readonly tag: string | undefined;
  /** Neither quoted nor in block style. */
  readonly plain: boolean;
}

/** A scalar node, or the tag its text does not fit. */
export type AnnotatedScalar = { readonly node: ScalarNode } | { readonly mismatch: string };

function textNode(text: string, span: SourceSpan, mergeTag?: MergeTag): ScalarNode {
  const node: ScalarNode = { kind: 'scalar', span, value: text, text, quoted: true };
  return mergeTag === undefined ? node : { ...node, mergeTag };
}

function plainNode(text: string, span: SourceSpan): ScalarNode {
  const { value, float, timestamp } = resolveGoScalar(text);
  if (float === true) return { kind: 'scalar', span, value, text, quoted: false, float };
  if (timestamp === true) return { kind: 'scalar', span, value, text, quoted: false, timestamp };
  return { kind: 'scalar', span, value, text, quoted: false };
}

/** Whether a text is base64, which `atob` checks by throwing; standard alphabet, blanks ignored. */
function decodeBinary(text: string): string | undefined {
  const compact = text.replaceAll(/\s/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(compact)) return undefined;
  const bytes = Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

function standardNode(name: string, text: string, span: SourceSpan): ScalarNode | undefined {
  const plain = plainNode(text, span);
  switch (name) {
    case 'str':
      return textNode(text, span);
    case 'int':
      return typeof plain.value === 'number' && plain.float !== true ? plain : undefined;
    case 'float':
      return typeof plain.value === 'number' ? { ...plain, float: true } : undefined;
    case 'bool':
      return typeof plain.value === 'boolean' ? plain : undefined;
    case 'null':
      return plain.value === null ? plain : undefined;
    case 'timestamp':
      return plain.timestamp === true ? plain : undefined;
    case 'binary': {
      const decoded = decodeBinary(text);
      return decoded === undefined ? undefined : textNode(decoded, span);
    }
    default:
      return textNode(text, span);
  }
}

/**
 * Gives a scalar its value: go-yaml's rules for unquoted text, standard tags (`!!str`, `!!int`, ...) honoured, a local
 * tag makes the text a string as go-yaml does. Spec-facts 5.1 to 5.4 and 5.10.
 */
export function annotateScalar({ text, tag, plain }: WrittenScalar, span: SourceSpan): AnnotatedScalar {
  if (tag === undefined || tag === '!') return { node: plain ? plainNode(text, span) : textNode(text, span) };
  if (tag.startsWith(standardTags)) {
    const name = tag.slice(standardTags.length);
    const node = standardNode(name, text, span);
    return node === undefined ? { mismatch: `!!${name}` } : { node };
  }
  const mergeTag = mergeTagOf(tag);
  return { node: textNode(text, span, mergeTag) };
}
