import type { Project } from '../../project/project.ts';

/** The project with a name for a volume that a service mounts without one, as its file or its image asks for. */
export function withNamedMount(
  project: Project,
  { service, target }: { readonly service: string; readonly target: string },
  name: string,
): Project {
  const before = project.services[service];
  if (before === undefined) return project;
  const others = (before.volumes ?? []).filter((mount) => mount.target !== target);
  return {
    ...project,
    volumes: { ...project.volumes, [name]: { name } },
    services: {
      ...project.services,
      [service]: { ...before, volumes: [...others, { type: 'volume', source: name, target }] },
    },
  };
}
