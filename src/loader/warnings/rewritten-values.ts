import { valueRewritten } from '../../diagnostics/surprise-diagnostics.ts';
import type { DocumentNode } from '../../document/node.ts';
import type { Findings } from '../findings.ts';
import { memberOf } from '../tree/nodes.ts';
import { type PathRules, pathRules, rulesBelow } from '../tree/path-rules.ts';
import { scalarText } from '../tree/plain-value.ts';
import type { SurprisingParts } from './warn-of-surprises.ts';

/** Where a number or boolean becomes the text that a container or the engine gets. */
const textPlaces: PathRules<true> = pathRules(
  [
    ...['environment', 'labels', 'annotations', 'sysctls', 'build.args', 'build.labels', 'deploy.labels'].map(
      (place) => `services.*.${place}.*`,
    ),
    ...['services.*.logging.options.*', 'services.*.extra_hosts.*'],
    ...['networks', 'volumes', 'configs', 'secrets'].flatMap((section) => [
      `${section}.*.labels.*`,
      `${section}.*.driver_opts.*`,
    ]),
  ].map((pattern) => [pattern, true]),
);

/** Warns of values that YAML reads as another type, and that look different as text for it: `0755`, `3.10`, `1e3`. */
export function warnOfRewrittenValues({ services, tree }: SurprisingParts, findings: Pick<Findings, 'add'>): void {
  for (const [section, entry] of tree.entries) {
    const rules = rulesBelow(textPlaces, section);
    if (rules === undefined || entry.value.kind !== 'mapping') continue;
    for (const [name, { value }] of entry.value.entries) {
      if (section === 'services' && services[name] === undefined) continue;
      warnBelow(value, `${section}.${name}`, rulesBelow(rules, name), findings);
    }
  }
}

function warnBelow(
  node: DocumentNode,
  path: string,
  rules: PathRules<true> | undefined,
  findings: Pick<Findings, 'add'>,
): void {
  if (rules === undefined) return;
  if (rules.rule === true) warn(node, path, findings);
  if (node.kind !== 'mapping') return;
  if (rules.any !== undefined) {
    for (const [key, { value }] of node.entries) warnBelow(value, `${path}.${key}`, rulesBelow(rules, key), findings);
    return;
  }
  for (const [key, below] of rules.members ?? []) {
    const value = memberOf(node, key);
    if (value !== undefined) warnBelow(value, `${path}.${key}`, below, findings);
  }
}

function warn(node: DocumentNode, path: string, findings: Pick<Findings, 'add'>): void {
  if (node.kind !== 'scalar' || node.quoted || node.text === '') return;
  if (typeof node.value !== 'number' && typeof node.value !== 'boolean') return;
  const read = scalarText(node);
  if (read !== node.text) findings.add(valueRewritten(path, node.text, read, node.span));
}
