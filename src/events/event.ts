import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { OperationKind, WaitCondition } from '../plan/operation.ts';
import type { Address } from '../state/address.ts';

/** How a node ended. Blocked: something it needs failed. Skipped: its guard said no, or a wait was not required. */
export type NodeOutcome = 'done' | 'failed' | 'blocked' | 'aborted' | 'skipped';

/** What a report may say about one node. */
export interface NodeIdentity {
  readonly node: string;
  readonly address: Address;
  readonly operation: OperationKind;
  /** The resource's engine name: container, network, volume or image. */
  readonly name: string;
  readonly service?: string;
  readonly group?: string;
  /** Of a wait. */
  readonly condition?: WaitCondition;
  readonly cause: string;
}

/** Who a log line came from. */
export interface LogSource {
  readonly service: string;
  /** Container number; 0 for a one-off. */
  readonly replica: number;
  readonly container: string;
}

/** The command fails: the last line of its stream. The library throws instead. */
export interface CommandError {
  readonly type: 'error';
  /** As Docker Compose marks an error. */
  readonly error: true;
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
}

/** What happened, without its envelope. */
export type EventBody =
  | {
      readonly type: 'plan';
      readonly project: string;
      readonly nodes: readonly (NodeIdentity & { readonly needs: readonly string[] })[];
    }
  | ({ readonly type: 'node-started' } & NodeIdentity)
  | ({
      readonly type: 'node-progress';
      /** In words: `waiting for db to be healthy`, a layer's phase. */
      readonly text: string;
      /** Bytes, of a transfer. */
      readonly current?: number;
      readonly total?: number;
      /** Bytes a second, over the transfer so far. */
      readonly rate?: number;
      /** Part of the whole, such as a layer id. */
      readonly part?: string;
    } & NodeIdentity)
  | ({
      readonly type: 'build-step';
      /** Stable during the build. */
      readonly step: string;
      /** Such as `[build 2/5] RUN npm ci`. */
      readonly title: string;
      readonly state: 'waiting' | 'running' | 'done' | 'cached' | 'failed' | 'canceled';
      /** Milliseconds, of one that has ended. */
      readonly duration?: number;
      /** Why it failed. */
      readonly text?: string;
    } & NodeIdentity)
  | ({
      readonly type: 'build-output';
      readonly step: string;
      readonly stream: 'stdout' | 'stderr';
      /** As the step wrote it: any number of lines, the last one perhaps not complete. */
      readonly text: string;
      /** Milliseconds since the step began. */
      readonly elapsed?: number;
    } & NodeIdentity)
  | ({
      readonly type: 'build-transfer';
      readonly step: string;
      /** What is transferred, such as a layer or `transferring context:`. */
      readonly part: string;
      /** Bytes. */
      readonly current: number;
      readonly total?: number;
      /** Milliseconds, of one that has ended. */
      readonly duration?: number;
    } & NodeIdentity)
  | ({
      readonly type: 'node-ended';
      readonly outcome: NodeOutcome;
      /** Milliseconds from start to end; 0 for nodes that never ran. */
      readonly duration: number;
      /** Whether it changed something on the engine. */
      readonly changed: boolean;
      /** Of a pull or a push: the digest that the registry knows the image by. */
      readonly digest?: string;
      readonly error?: { readonly code: string; readonly message: string; readonly details: readonly string[] };
      /** The failed node that blocks this one. */
      readonly blockedBy?: string;
    } & NodeIdentity)
  | {
      readonly type: 'resource-unchanged';
      readonly address: Address;
      readonly name: string;
      readonly service?: string;
      readonly text: string;
    }
  | {
      readonly type: 'log';
      readonly source: LogSource;
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
      readonly timestamp?: string;
    }
  | {
      readonly type: 'container-exited';
      readonly source: LogSource;
      readonly exitCode: number;
      readonly restarting: boolean;
    }
  | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly type: 'warning'; readonly text: string; readonly service?: string }
  | {
      readonly type: 'summary';
      readonly project: string;
      readonly outcomes: { readonly [Outcome in NodeOutcome]: number };
      /** Milliseconds. */
      readonly duration: number;
      readonly text: string;
    }
  | CommandError;

/** One event of the stream: `schemas/events.schema.json`, one JSON object a line under `--progress json`. */
export type TopsailEvent = EventBody & {
  /** Of the schema; grows only when a reader would break. */
  readonly version: 1;
  /** RFC 3339, milliseconds. */
  readonly time: string;
};

/** Where events go. Never throws, never blocks; nothing waits on it. */
export type EventSink = (event: TopsailEvent) => void;
