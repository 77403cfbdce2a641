export type { LogLine } from '../follow/log-line.ts';
export type { ExecOptions, ExecResult } from './exec-in.ts';
export type { LimitRequest } from './faults/limit.ts';
export type { LinkRequest } from './faults/link-request.ts';
export type { Endpoint, Replica } from './replica.ts';
export type { FileContent, FileOptions } from './service-files.ts';
export type { ActOptions, ServiceHandle } from './service-handle.ts';
export type { Stack } from './stack.ts';
// A declaration file can add only to what comes by a star.
export type * from './stack-files.ts';
export type { ComposeObject, ShapeOf, StackShape } from './stack-shape.ts';
export { type StackOptions, up } from './up.ts';
export type { WaitOptions, WaitTarget } from './wait-for.ts';
