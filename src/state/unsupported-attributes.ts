import type { Config, Project, Secret } from '../project/project.ts';
import type { FileReference, Service } from '../project/service.ts';

/** Something a service asks for that starting it would have to ignore. */
export interface UnsupportedAttribute {
  /** Dotted path in the project, such as `services.web.build`. */
  readonly path: string;
  readonly service: string;
  readonly attribute: string;
  /** What it would need, as the end of a sentence. */
  readonly why: string;
}

type Finding = Pick<UnsupportedAttribute, 'attribute' | 'why'> & { readonly below?: string };

/**
 * Every attribute of the enabled services that this version does not act on, so that `up` can refuse each by name.
 * Attributes that Docker Compose itself leaves to other tools (`develop`, the swarm parts of `deploy`) are not listed.
 */
export function unsupportedAttributes(project: Project): readonly UnsupportedAttribute[] {
  return Object.entries(project.services).flatMap(([name, service]) =>
    [...ownFindings(service), ...fileFindings(project, service)].map(({ attribute, why, below }) => ({
      path: `services.${name}.${attribute}${below === undefined ? '' : `.${below}`}`,
      service: name,
      attribute,
      why,
    })),
  );
}

function ownFindings(service: Service): readonly Finding[] {
  const findings: Finding[] = [];
  const refuse = (present: boolean, attribute: string, why: string): void => {
    if (present) findings.push({ attribute, why });
  };
  refuse(
    service.pre_start?.some((hook) => hook.per_replica === true) === true,
    'pre_start',
    'hooks run once for a service, not for each replica',
  );
  refuse(service.uts?.startsWith('service:') === true, 'uts', 'engines share host names only with the machine');
  return findings;
}

function fileFindings(project: Project, service: Service): readonly Finding[] {
  const each = (
    references: readonly FileReference[] | undefined,
    list: 'configs' | 'secrets',
    sources: Project['configs'] | Project['secrets'],
  ): readonly Finding[] =>
    (references ?? []).flatMap(({ source }, index) => {
      const definition: Config | Secret | undefined = sources[source];
      const kind = definition === undefined ? undefined : swarmKind(definition);
      const why = `unsupported ${kind ?? ''} ${list.slice(0, -1)} ${source}, which only a swarm has`;
      return kind === undefined ? [] : [{ attribute: list, below: String(index), why }];
    });
  return [...each(service.configs, 'configs', project.configs), ...each(service.secrets, 'secrets', project.secrets)];
}

/** What a config or secret is that an engine has none of. */
function swarmKind(definition: Config | Secret): string | undefined {
  if (definition.external === true) return 'external';
  if ('driver' in definition && definition.driver !== undefined) return 'driver-made';
  return definition.template_driver === undefined ? undefined : 'templated';
}
