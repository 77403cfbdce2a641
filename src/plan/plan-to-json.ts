import type { BuildRequest, BuildSource } from '../engine/builder.ts';
import type { ContainerCreateRequest } from '../engine/container.ts';
import type { FieldChange } from '../state/field-change.ts';
import type { Operation } from './operation.ts';
import type { Confirmation, Guard, Plan, PlanNode, PlanNotice } from './plan.ts';
import { MASK, type RenderPlanOptions } from './render-plan.ts';

/** A plan as `plan --json` prints it: the plan itself, values of the environment and of copied files masked. */
export interface PlanJson {
  /** Of this form; grows only when a reader would break. */
  readonly version: 1;
  readonly project: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly address: string;
    readonly operation: Operation;
    readonly needs: readonly string[];
    readonly cause: string;
    readonly changes?: readonly FieldChange[];
    readonly guard?: Guard;
    readonly group?: string;
  }[];
  readonly notices: readonly PlanNotice[];
  readonly confirmations: readonly Confirmation[];
}

/** Turns a plan into plain JSON. */
export function planToJson(plan: Plan, options: RenderPlanOptions = {}): PlanJson {
  const nodes = options.showValues === true ? plan.nodes : plan.nodes.map(maskNode);
  return { version: 1, ...plan, nodes };
}

function maskNode(node: PlanNode): PlanNode {
  const operation = maskOperation(node.operation);
  return node.changes === undefined
    ? { ...node, operation }
    : { ...node, operation, changes: node.changes.map(maskChange) };
}

function maskChange(change: FieldChange): FieldChange {
  const mask = (value: string | undefined): string | undefined => (value === undefined ? undefined : MASK);
  return change.secret ? { ...change, before: mask(change.before), after: mask(change.after) } : change;
}

function maskOperation(operation: Operation): Operation {
  switch (operation.kind) {
    case 'create-container':
      return {
        ...operation,
        request: maskRequest(operation.request),
        ...(operation.references === undefined ? {} : { references: { ...operation.references, hashed: MASK } }),
      };
    case 'provide-service':
      return { ...operation, environment: {}, previous: maskMap(operation.previous) };
    case 'withdraw-service':
      return { ...operation, environment: {} };
    case 'copy-files':
      return { ...operation, files: operation.files.map((file) => ({ ...file, content: MASK })) };
    case 'build-image':
      return { ...operation, request: maskBuild(operation.request) };
    default:
      return operation;
  }
}

/** Arguments may hold what is not for everybody's eyes; secrets surely do. */
function maskBuild(request: BuildRequest): BuildRequest {
  return {
    ...request,
    arguments: Object.fromEntries(Object.keys(request.arguments).map((key) => [key, MASK])),
    secrets: request.secrets.map((secret) => (secret.value === undefined ? secret : { ...secret, value: MASK })),
    contexts: request.contexts.map(({ name, source }) => ({ name, source: maskSource(source) })),
  };
}

function maskSource(source: BuildSource): BuildSource {
  if (source.kind !== 'build' || source.request === undefined) return source;
  return { ...source, request: maskBuild(source.request) };
}

function maskMap(
  values: { readonly [name: string]: string } | undefined,
): { readonly [name: string]: string } | undefined {
  return values === undefined ? undefined : Object.fromEntries(Object.keys(values).map((name) => [name, MASK]));
}

function maskRequest(request: ContainerCreateRequest): ContainerCreateRequest {
  if (request.Env === undefined) return request;
  const masked = request.Env.map((entry) => {
    const equals = entry.indexOf('=');
    return equals < 0 ? entry : `${entry.slice(0, equals)}=${MASK}`;
  });
  return { ...request, Env: masked };
}
