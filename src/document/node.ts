import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { NodeOrigin } from './node-origin.ts';

/** Compose's merge tags, kept on the node that carries them. Compose Specification, "Merge". */
export type MergeTag = 'reset' | 'override';

/** What every node of a document has. */
interface NodeBase {
  readonly span: SourceSpan;
  readonly mergeTag?: MergeTag;
  /** The node this one took the place of when files, documents or an extended service were merged. */
  readonly replaced?: DocumentNode;
  /** What made the value, beside the text at the span. */
  readonly origin?: NodeOrigin;
}

/** A scalar as YAML resolves it by the rules of go-yaml v3 (spec-facts section 5). */
export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The scalar as written, without quotes: `3.10` stays `3.10`. */
  readonly text: string;
  /** Whether quotes or block style make it a string whatever it looks like. */
  readonly quoted: boolean;
  /** An unquoted date or time: YAML reads it as neither text nor number. */
  readonly timestamp?: true;
  /** Whether the number was written as a float (`1e3`, `1.0`). */
  readonly float?: true;
}

/** A list. */
export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly items: readonly DocumentNode[];
}

/** One member of a mapping. */
export interface MappingEntry {
  readonly key: string;
  readonly keySpan: SourceSpan;
  readonly value: DocumentNode;
}

/** A mapping in source order, merge keys (`<<`) resolved. A Map, so that `__proto__` is an ordinary key. */
export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, MappingEntry>;
}

/** Any node of a compose file: a plain value that knows where it was written. */
export type DocumentNode = ScalarNode | SequenceNode | MappingNode;

/** One YAML document of one file. */
export interface ComposeDocument {
  readonly root: DocumentNode;
}
