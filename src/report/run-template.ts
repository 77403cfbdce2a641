import { unreachable } from '../diagnostics/unreachable.ts';
import {
  TemplateError,
  type TemplateNode,
  type TemplatePipeline,
  type TemplateTerm,
  type TemplateValue,
} from './go-template.ts';
import { type TemplateFunctions, templateText } from './template-functions.ts';

/** Where a template is at the moment. */
interface Scope {
  readonly dot: TemplateValue;
  readonly root: TemplateValue;
  readonly functions: TemplateFunctions;
}

/** What a template makes of a value. Throws a {@link TemplateError} for fields and functions that do not exist. */
export function runTemplate(
  nodes: readonly TemplateNode[],
  value: TemplateValue,
  functions: TemplateFunctions,
): string {
  return runNodes(nodes, { dot: value, root: value, functions });
}

function runNodes(nodes: readonly TemplateNode[], scope: Scope): string {
  return nodes.map((node) => runNode(node, scope)).join('');
}

function runNode(node: TemplateNode, scope: Scope): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'output':
      return templateText(evaluate(node.pipeline, scope));
    case 'if':
      return runNodes(isTrue(evaluate(node.pipeline, scope)) ? node.body : node.otherwise, scope);
    case 'with': {
      const dot = evaluate(node.pipeline, scope);
      return isTrue(dot) ? runNodes(node.body, { ...scope, dot }) : runNodes(node.otherwise, scope);
    }
    case 'range': {
      const items = itemsOf(evaluate(node.pipeline, scope));
      if (items.length === 0) return runNodes(node.otherwise, scope);
      return items.map((dot) => runNodes(node.body, { ...scope, dot })).join('');
    }
    default:
      return unreachable(node);
  }
}

function evaluate(pipeline: TemplatePipeline, scope: Scope): TemplateValue {
  let result: { readonly value: TemplateValue } | undefined;
  for (const call of pipeline) result = { value: evaluateCall(call, result, scope) };
  return result?.value;
}

function evaluateCall(
  [first, ...terms]: readonly TemplateTerm[],
  piped: { readonly value: TemplateValue } | undefined,
  scope: Scope,
): TemplateValue {
  if (first === undefined) return piped?.value;
  const given = [
    ...terms.map((term) => called(evaluateTerm(term, scope))),
    ...(piped === undefined ? [] : [piped.value]),
  ];
  const value = evaluateTerm(first, scope);
  if (typeof value === 'function') return value(...given);
  if (given.length > 0) throw new TemplateError(`${templateText(value)} takes no argument`);
  return value;
}

/** A function that stands for a value of its own is called without arguments. */
function called(value: TemplateValue): TemplateValue {
  return typeof value === 'function' ? value() : value;
}

function evaluateTerm(term: TemplateTerm, scope: Scope): TemplateValue {
  switch (term.kind) {
    case 'literal':
      return term.value;
    case 'function': {
      const found = Object.hasOwn(scope.functions, term.name) ? scope.functions[term.name] : undefined;
      if (found === undefined) throw new TemplateError(`there is no function ${JSON.stringify(term.name)}`);
      return found;
    }
    case 'path': {
      const { from } = term;
      const start = from === 'dot' ? scope.dot : from === 'root' ? scope.root : evaluate(from, scope);
      return term.names.reduce(fieldOf, start);
    }
    default:
      return unreachable(term);
  }
}

function fieldOf(value: TemplateValue, name: string): TemplateValue {
  if (!isRecord(value) || !Object.hasOwn(value, name)) {
    throw new TemplateError(`there is no ${JSON.stringify(name)} to show`);
  }
  return value[name];
}

function isRecord(value: TemplateValue): value is { readonly [name: string]: TemplateValue } {
  return typeof value === 'object' && !Array.isArray(value);
}

function itemsOf(value: TemplateValue): readonly TemplateValue[] {
  if (Array.isArray(value)) return value as readonly TemplateValue[];
  return isRecord(value) ? Object.values(value) : [];
}

/** Go's idea of true: everything but zero, false and what is empty. */
function isTrue(value: TemplateValue): boolean {
  if (typeof value === 'object') return itemsOf(value).length > 0;
  return Boolean(value);
}
