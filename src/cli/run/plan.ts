import { checkStartable } from '../../compose/check-startable.ts';
import type { ComposePorts } from '../../compose/ports.ts';
import { prepareUp } from '../../compose/prepare-up.ts';
import type { PlanNode } from '../../plan/plan.ts';
import { planToJson } from '../../plan/plan-to-json.ts';
import { renderPlan } from '../../plan/render-plan.ts';
import type { PlanFlags } from '../commands/plan.ts';
import { desiredInputsOf } from '../desired-inputs.ts';
import { exitCode } from '../exit-code.ts';
import { loadForCommand } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { showDiagnostics } from '../show-diagnostics.ts';
import { upPolicyOf } from '../up-policy-of.ts';
import { withEngine } from '../with-engine.ts';

/** Shows what `up` would do. Writes nothing to the engine. */
export async function runPlan(session: Session, services: readonly string[], flags: PlanFlags): Promise<number> {
  const loaded = await loadForCommand(session, { services, withoutDependencies: flags.deps === false });
  checkStartable(loaded.project, loaded);
  const policy = upPolicyOf(services, flags, loaded.project.origin.environment);
  const show = async (ports: ComposePorts, signal: AbortSignal): Promise<number> => {
    const options = { ...policy, ...(await desiredInputsOf(session, ports.engine)), signal, written: loaded };
    const { plan, warnings } = await prepareUp(ports, loaded.project, options);
    showDiagnostics(session, warnings, loaded.sources);
    const values = { showValues: flags.showValues === true };
    const text =
      flags.json === true ? `${JSON.stringify(planToJson(plan, values), undefined, 2)}\n` : renderPlan(plan, values);
    session.host.stdout.write(text);
    return plan.nodes.some(isCertain) ? exitCode.pending : exitCode.success;
  };
  return withEngine(session, show, { sweep: false });
}

/** A step that will happen and is more than waiting. */
function isCertain(node: PlanNode): boolean {
  return node.guard === undefined && node.operation.kind !== 'wait-container';
}
