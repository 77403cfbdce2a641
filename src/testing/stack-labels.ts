import type { TextMap } from '../engine/container.ts';
import type { Project } from '../project/project.ts';
import { instanceLabels } from '../state/instance-labels.ts';
import { PROJECT_LABEL } from '../state/labels.ts';

/** What marks something that a test makes beside its stack as a part of it: it is no other project's, and goes with it. */
export function stackLabels(project: Project): TextMap {
  return { [PROJECT_LABEL]: project.name, ...instanceLabels(project) };
}
