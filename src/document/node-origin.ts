import type { SourceSpan } from '../diagnostics/source-text.ts';

/** Where a variable got its value. */
export interface VariableSource {
  /**
   * `process`: the process environment; `env-file`: a line of an env file; `compose-file`: an attribute of a compose file;
   * `command-line`: a flag; `directory`: the name or path of a folder.
   */
  readonly kind: 'process' | 'env-file' | 'compose-file' | 'command-line' | 'directory';
  readonly value: string;
  /** The line of an env file or the attribute of a compose file. */
  readonly span?: SourceSpan;
  /** The variables that went into that line or attribute. */
  readonly uses?: readonly VariableUse[];
  /** The source that would count without this one. */
  readonly overrode?: VariableSource;
}

/** A variable that had a say in a value. */
export interface VariableUse {
  readonly name: string;
  /** Absent when the variable is not set. */
  readonly source?: VariableSource;
  /** What stands in its place: its value, the operand of `:-` or `-`, that of `:+` or `+`, or nothing. */
  readonly taken: 'value' | 'default' | 'presence' | 'nothing';
  /** The operand that was taken, as written. */
  readonly operand?: string;
  /** The variables inside that operand. */
  readonly uses?: readonly VariableUse[];
}

/** One step by which a service took over another one. Compose Specification, `extends`. */
export interface ExtendedService {
  readonly service: string;
  /** Where the extending service names it. */
  readonly at: SourceSpan;
  /** All that is written of it. */
  readonly within: SourceSpan;
}

/** What made a value, beside the text at its span. */
export interface NodeOrigin {
  /** Nobody wrote the value: it is a default, or another attribute implies it; the span is that of its surroundings. */
  readonly unwritten?: 'default' | 'implied';
  /** The variables that went into the value. */
  readonly uses?: readonly VariableUse[];
  /** Where the env or label file is named that the value is written in. */
  readonly namedAt?: SourceSpan;
  /** Of a service: the services it extends, nearest first. */
  readonly extended?: readonly ExtendedService[];
}
