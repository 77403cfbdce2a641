import { type DiagnosedEngine, diagnoseEngine } from '../../connect/diagnose-engine.ts';
import type { LookedAt } from '../../connect/engine-search.ts';
import { createPainter, type Painter } from '../../report/painter.ts';
import type { DoctorFlags } from '../commands/doctor.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { showWait } from '../show-wait.ts';
import { engineSearchOf } from '../with-engine.ts';

/** Shows where an engine was looked for, which one answered, and what will not work there. Fails if none answered. */
export async function runDoctor(session: Session, flags: DoctorFlags): Promise<number> {
  const diagnosis = await showWait(session, 'looking for an engine', diagnoseEngine(engineSearchOf(session)));
  const { stdout } = session.host;
  const painter = createPainter(session.display.stdoutColours);
  if (flags.json === true) stdout.write(`${JSON.stringify(diagnosis, undefined, 2)}\n`);
  else {
    const lines = [
      ...diagnosis.looked.map((look) => lookLine(look, painter)),
      '',
      ...engineLines(diagnosis.engine, painter),
    ];
    stdout.write(lines.map((line) => `${line}\n`).join(''));
  }
  return diagnosis.engine === undefined ? exitCode.failure : exitCode.success;
}

function lookLine({ source, address, outcome, reason }: LookedAt, painter: Painter): string {
  const found = outcome === 'answered';
  const mark = found ? painter.green('✔') : outcome === 'absent' ? painter.dim('-') : painter.red('✘');
  return `${mark} ${source}: ${address} ${found ? 'answers' : painter.dim(reason)}`;
}

function engineLines(engine: DiagnosedEngine | undefined, painter: Painter): readonly string[] {
  if (engine === undefined) {
    return [
      painter.red('No container engine answers.'),
      'Install and start Docker or Podman, or name one with DOCKER_HOST.',
    ];
  }
  const { description, information, limitations } = engine;
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Engine', `${description.product} ${description.version} at ${description.endpoint}`],
    ['API version', apiWords(engine)],
    ['System', [information.operatingSystemName, description.architecture].filter(Boolean).join(', ')],
    ['Kernel', information.kernelVersion],
    ['cgroup', cgroupWords(engine)],
    ['Storage driver', information.storageDriver],
    ['Processors', information.processors?.toString()],
    [
      'Memory',
      information.memoryBytes === undefined ? undefined : `${(information.memoryBytes / 2 ** 30).toFixed(1)} GiB`,
    ],
    ['Rootless', information.rootless ? 'yes' : 'no'],
  ];
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  return [
    ...known.map(([name, value]) => `${painter.bold(name.padEnd(15))}${value ?? ''}`),
    '',
    ...(limitations.length === 0 ? ['Everything works here.'] : ['Will not work here, or differently:']),
    ...limitations.map(({ feature, reason }) => `${painter.yellow('!')} ${feature}: ${reason}`),
  ];
}

function apiWords({ description, highestApiVersion }: DiagnosedEngine): string {
  const used = description.apiVersion;
  return used === highestApiVersion ? used : `${used} (the engine speaks up to ${highestApiVersion})`;
}

function cgroupWords({ information }: DiagnosedEngine): string {
  const { cgroupVersion, cgroupDriver } = information;
  return [cgroupVersion === undefined ? '' : `v${cgroupVersion}`, cgroupDriver].filter(Boolean).join(', ');
}
