import type { SourceRange } from '../diagnostics/source-range.ts';
import type { JsonValue } from '../project/project.ts';

/** A place in a project: names and the indices of list items, from the top. */
export type ProjectPath = readonly string[];

/** Where every value of a project comes from. */
export interface ProjectProvenance {
  /** The project as `config` prints it, before `$` is doubled. Paths lead into this value. */
  readonly project: JsonValue;
  /**
   * Where the value at a path of {@link ProjectProvenance.project} comes from. It also tells what the lists and mappings
   * around the value won against as a whole; with `alone` it does not.
   */
  readonly of: (path: ProjectPath, alone?: 'alone') => Provenance;
  /** What a later file takes away with `!reset`. */
  readonly removed: readonly RemovedValue[];
}

/** Where one value comes from, and what it won against. */
export interface Provenance {
  readonly value: JsonValue;
  readonly origin: ValueOrigin;
  /** Latest first. */
  readonly overrode: readonly OverriddenValue[];
}

/** A value with its path, such as `services.web.ports[1]`. */
export interface ExplainedValue extends Provenance {
  readonly path: string;
}

/** How a value came about. */
export interface ValueOrigin {
  /**
   * `written`: in a file, at `range`; `default`: nobody wrote it, the Compose Specification says so; `implied`: by the
   * attribute at `range`; of the project name also `environment`, `command-line` and `directory`.
   */
  readonly kind: 'written' | 'default' | 'implied' | 'environment' | 'command-line' | 'directory';
  /** Of a default: what it belongs to. */
  readonly range?: SourceRange;
  /** The text at the range, variables and quotes as written; only of what is written. */
  readonly text?: string;
  /** Whether the text is a short form that gives more than this value. */
  readonly shortForm?: true;
  /** The variables that went into the value, or into the short form it is part of. */
  readonly variables: readonly VariableProvenance[];
  /** Where the env or label file is named that the value is written in. */
  readonly namedAt?: SourceRange;
  /** The ways by which a value of another service or file came here, the outermost last. */
  readonly through: readonly Passage[];
}

/** A way by which a value came from another service or file. */
export type Passage =
  | { readonly kind: 'extends'; readonly service: string; readonly at: SourceRange }
  | { readonly kind: 'include'; readonly at: SourceRange };

/** A value that lost. `path` is that of the list or mapping that was replaced as a whole, if it was. */
export interface OverriddenValue {
  readonly path: string;
  readonly value: JsonValue;
  readonly origin: ValueOrigin;
}

/** A value that `!reset` removed. */
export interface RemovedValue extends OverriddenValue {
  /** Where `!reset` is written. */
  readonly at: SourceRange;
}

/** A variable that had a say in a value. */
export interface VariableProvenance {
  readonly name: string;
  /** What stands in its place: its value, the operand of `:-` or `-`, that of `:+` or `+`, or nothing. */
  readonly taken: 'value' | 'default' | 'presence' | 'nothing';
  /** The operand that was taken, as written. */
  readonly operand?: string;
  /** Absent when the variable is not set. */
  readonly source?: VariableOrigin;
  /** The variables inside the operand. */
  readonly variables: readonly VariableProvenance[];
}

/** Where a variable got its value. */
export interface VariableOrigin {
  /** `env-file` and `compose-file` have a range; the others are outside all files. */
  readonly kind: 'process' | 'env-file' | 'compose-file' | 'command-line' | 'directory';
  readonly value: string;
  readonly range?: SourceRange;
  /** The variables that went into the line or attribute. */
  readonly variables: readonly VariableProvenance[];
  /** What would count without this source. */
  readonly overrode?: VariableOrigin;
}
