import type { FieldChange } from '../state/field-change.ts';
import type { Guard, Plan, PlanNode } from './plan.ts';

/** How a plan is shown. */
export interface RenderPlanOptions {
  /** Show values of the environment. */
  readonly showValues?: boolean;
}

/** What stands for a value that is not shown. */
export const MASK = '***';

/**
 * The one text form of a plan: one line a step in the order of execution, with its cause and what it comes after; steps
 * of one recreate stand below a line that names the fields that differ. Stable between runs.
 */
export function renderPlan(plan: Plan, options: RenderPlanOptions = {}): string {
  const lines: string[] = [];
  const headed = new Set<string>();
  for (const node of plan.nodes) {
    if (node.group !== undefined && !headed.has(node.group)) {
      headed.add(node.group);
      lines.push(`${node.group}${guardText(node.guard)} (${node.cause})`);
      lines.push(...(node.changes ?? []).map((change) => `    ${renderChange(change, options)}`));
    }
    lines.push(nodeLine(node));
    if (node.group === undefined) {
      lines.push(...(node.changes ?? []).map((change) => `    ${renderChange(change, options)}`));
    }
  }
  if (plan.nodes.length === 0) lines.push('nothing to do');
  for (const { id, question, defaultAnswer } of plan.confirmations) {
    lines.push(`confirm ${id}: ${question} [${defaultAnswer ? 'yes' : 'no'}]`);
  }
  for (const { kind, address, text } of plan.notices) {
    if (kind !== 'up-to-date') lines.push(`${kind}: ${address === undefined ? '' : `${address} `}${text}`);
  }
  return `${lines.join('\n')}\n`;
}

/** One differing field: `environment.FOO: *** -> ***`. */
export function renderChange(change: FieldChange, options: RenderPlanOptions = {}): string {
  return `${change.path}: ${valueText(change, change.before, options)} -> ${valueText(change, change.after, options)}`;
}

function valueText({ secret }: FieldChange, value: string | undefined, options: RenderPlanOptions): string {
  if (value === undefined) return '(none)';
  return secret && options.showValues !== true ? MASK : value;
}

function nodeLine(node: PlanNode): string {
  const after = node.needs.length === 0 ? '' : ` after ${node.needs.join(', ')}`;
  if (node.group !== undefined) return `  ${node.id}${node.settles === true ? guardText(node.guard) : ''}${after}`;
  return `${node.id}${guardText(node.guard)} (${node.cause})${after}`;
}

function guardText(guard: Guard | undefined): string {
  switch (guard?.kind) {
    case undefined:
      return '';
    case 'any-changed':
      return guard.nodes.some((node) => node.startsWith('provide '))
        ? ' if its variables change'
        : ' if its image changes';
    case 'unless-done':
      return ' if the pull fails';
    case 'unless-pushed':
      return ' unless the builder does';
    case 'confirmed':
      return ' if confirmed';
    case 'undone':
      return ' if that fails';
  }
}
