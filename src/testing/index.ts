export type { LogLine } from '../follow/log-line.ts';
export type { ExecOptions, ExecResult } from './exec-in.ts';
export type { Endpoint, Replica } from './replica.ts';
export type { ActOptions, ServiceHandle } from './service-handle.ts';
export type { Stack } from './stack.ts';
export type { ComposeObject, ShapeOf, StackFiles, StackShape } from './stack-shape.ts';
export { type StackOptions, up } from './up.ts';
export type { WaitOptions, WaitTarget } from './wait-for.ts';
