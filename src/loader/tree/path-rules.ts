/** A step of a dotted path pattern leads here; `*` stands for any key, and for the items of a list. */
export interface PathRules<Rule> {
  readonly rule?: Rule;
  readonly members?: ReadonlyMap<string, PathRules<Rule>>;
  readonly any?: PathRules<Rule>;
}

interface MutableRules<Rule> {
  rule?: Rule;
  members?: Map<string, MutableRules<Rule>>;
  any?: MutableRules<Rule>;
}

/** Builds the tree of rules from patterns such as `services.*.ports.*.target`. */
export function pathRules<Rule>(patterns: Iterable<readonly [pattern: string, rule: Rule]>): PathRules<Rule> {
  const root: MutableRules<Rule> = {};
  for (const [pattern, rule] of patterns) {
    let at = root;
    for (const step of pattern.split('.')) at = stepInto(at, step);
    at.rule = rule;
  }
  return root;
}

function stepInto<Rule>(at: MutableRules<Rule>, step: string): MutableRules<Rule> {
  if (step === '*') return (at.any ??= {});
  at.members ??= new Map();
  let next = at.members.get(step);
  if (next === undefined) {
    next = {};
    at.members.set(step, next);
  }
  return next;
}

/** The rules below a key. */
export function rulesBelow<Rule>(rules: PathRules<Rule> | undefined, key: string): PathRules<Rule> | undefined {
  return rules?.members?.get(key) ?? rules?.any;
}
