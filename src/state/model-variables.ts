import type { JsonValue, Named, Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';

/** A model that services of the project use. */
export interface DesiredModel {
  readonly key: string;
  /** What reports call it. */
  readonly name: string;
  /** Reference such as `ai/smollm2`. */
  readonly model: string;
  readonly contextSize: number | undefined;
  readonly runtimeFlags: readonly string[];
  /** Whether it has to be fetched first. */
  readonly missing: boolean;
}

/** What the model runner says of itself: an input of planning. */
export interface ServedModels {
  readonly endpoint: string;
  /** References of models that are there. */
  readonly available: readonly string[];
}

/** Keys of the models that a service uses. */
export function modelKeys(service: Service): readonly string[] {
  return Object.keys(objectOf(service.models));
}

/** The models that services use, as they are to be served. */
export function desiredModels(project: Project, served: ServedModels): readonly DesiredModel[] {
  const used = new Set(Object.values(project.services).flatMap(modelKeys));
  return [...used].flatMap((key) => {
    const definition = objectOf(project.models[key]);
    const { model, name, context_size: size, runtime_flags: flags } = definition;
    if (typeof model !== 'string') return [];
    return [
      {
        key,
        name: textOf(name) ?? key,
        model,
        contextSize: typeof size === 'number' && size > 0 ? size : undefined,
        runtimeFlags: Array.isArray(flags) ? flags.filter((flag) => typeof flag === 'string') : [],
        missing: !served.available.includes(model),
      },
    ];
  });
}

/**
 * The project with the variables by which services find their models: `KEY_MODEL` and `KEY_URL`, or the names that the
 * service gives them (compose-surface section 4.15).
 */
export function withModelVariables(project: Project, { endpoint }: ServedModels): Project {
  const services = Object.create(null) as Record<string, Service>;
  for (const [name, service] of Object.entries(project.services)) {
    const variables = modelKeys(service).flatMap((key) => variablesOf(project, service, key, endpoint));
    services[name] =
      variables.length === 0
        ? service
        : { ...service, environment: { ...service.environment, ...Object.fromEntries(variables) } };
  }
  return { ...project, services };
}

function variablesOf(
  project: Project,
  service: Service,
  key: string,
  endpoint: string,
): readonly (readonly [name: string, value: string])[] {
  const { model } = objectOf(project.models[key]);
  const { model_var: modelName, endpoint_var: endpointName } = objectOf(objectOf(service.models)[key]);
  const prefix = key.toUpperCase().replaceAll('-', '_');
  return [
    [textOf(modelName) ?? `${prefix}_MODEL`, textOf(model) ?? ''],
    [textOf(endpointName) ?? `${prefix}_URL`, endpoint],
  ];
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function objectOf(value: JsonValue | undefined): Named<JsonValue> {
  return isMapping(value) ? value : {};
}

function isMapping(value: JsonValue | undefined): value is Named<JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
