import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';

/** An attribute that would have to be ignored. */
export const attributeUnsupported: DiagnosticFactory<[path: string, attribute: string, service: string, why: string]> =
  defineDiagnostic({
    code: 'attribute-unsupported',
    about:
      'The file asks for something this version cannot do. It is refused by name instead of being ignored; `config` accepts it.',
    write: (path, attribute, service, why) => ({
      message: `service "${service}": ${attribute} is not supported: ${why}`,
      path,
    }),
  });

/** Nothing to start. */
export const noServiceSelected: DiagnosticFactory<[profiles: readonly string[]]> = defineDiagnostic({
  code: 'no-service-selected',
  about: 'There is nothing to start: the file has no services, or none that is active without a profile.',
  write: (profiles) => ({
    message: 'no service selected',
    hint: profiles.length === 0 ? undefined : `activate a profile with --profile: ${profiles.join(', ')}`,
  }),
});

/** The source of a config or secret is an environment variable without value. */
export const fileVariableUnset: DiagnosticFactory<[path: string, service: string, variable: string]> = defineDiagnostic(
  {
    code: 'file-variable-unset',
    about: 'A config or secret takes its content from an environment variable that is not set where Topsail runs.',
    write: (path, service, variable) => ({
      message: `service "${service}": environment variable "${variable}" required by a config or secret is not set`,
      path,
      hint: `set ${variable}, also to an empty text, or put it in the .env file`,
    }),
  },
);

/** A config or secret has to be copied to where nothing can be written. */
export const fileInReadOnly: DiagnosticFactory<[path: string, service: string, target: string]> = defineDiagnostic({
  code: 'file-in-read-only',
  about:
    'A config or secret with `content` or `environment` is copied into the container, which is impossible for a service with `read_only: true`. Take it from a `file`, or mount a volume at its folder.',
  write: (path, service, target) => ({
    message: `service "${service}" is read_only, so ${target} cannot be copied into it`,
    path,
    hint: 'take it from a file, or mount a volume at its folder',
  }),
});

/** A fixed name for several containers. */
export const containerNameScaled: DiagnosticFactory<[path: string, service: string, name: string]> = defineDiagnostic({
  code: 'container-name-scaled',
  about: 'A container name is unique on an engine, so a service with `container_name` has one replica at most.',
  write: (path, service, name) => ({
    message: `The "${service}" service is using the custom container name "${name}". Docker requires each container to have a unique name. Remove the custom name to scale the service`,
    path,
    hint: 'remove container_name to scale the service',
  }),
});

/** A check's start interval without a start period. */
export const startIntervalAlone: DiagnosticFactory<[path: string, service: string]> = defineDiagnostic({
  code: 'start-interval-alone',
  about: 'The interval between checks during the start period means nothing without a start period.',
  write: (path, service) => ({
    message: `service "${service}": healthcheck.start_interval requires healthcheck.start_period to be set`,
    path,
  }),
});

/** Two addresses for one endpoint. */
export const macAddressConflict: DiagnosticFactory<[path: string, service: string, network: string]> = defineDiagnostic(
  {
    code: 'mac-address-conflict',
    about: 'The MAC address of a service is the one of its main network; the two places must not differ.',
    write: (path, service, network) => ({
      message: `service "${service}" declares mac_address and another one for its main network "${network}"`,
      path,
      hint: 'keep the one below networks',
    }),
  },
);

/** An external network that the engine does not have. */
export const externalNetworkMissing: DiagnosticFactory<[path: string, name: string]> = defineDiagnostic({
  code: 'external-network-missing',
  about: 'A network marked `external: true` is never created; it has to exist before the project starts.',
  write: (path, name) => ({
    message: `network ${name} declared as external, but could not be found`,
    path,
    hint: `create it with: docker network create ${name}`,
  }),
});

/** Several external networks of one name. */
export const externalNetworkAmbiguous: DiagnosticFactory<[path: string, name: string, count: number]> =
  defineDiagnostic({
    code: 'external-network-ambiguous',
    about: 'The engine holds several networks with the name of an external network, and nothing says which is meant.',
    write: (path, name, count) => ({
      message: `${count} networks are named "${name}"; the external network is ambiguous`,
      path,
      hint: 'remove the others, or write the id of the right one as its name',
    }),
  });

/** An external volume that the engine does not have. */
export const externalVolumeMissing: DiagnosticFactory<[path: string, name: string]> = defineDiagnostic({
  code: 'external-volume-missing',
  about: 'A volume marked `external: true` is never created; it has to exist before the project starts.',
  write: (path, name) => ({
    message: `external volume "${name}" not found`,
    path,
    hint: `create it with: docker volume create ${name}`,
  }),
});

/** Something the file asks for that came with a later engine. */
export const engineTooOld: DiagnosticFactory<
  [path: string, who: string, attribute: string, release: string, needed: string, found: string]
> = defineDiagnostic({
  code: 'engine-too-old',
  about:
    'An attribute needs a newer engine: this one would ignore it or cannot do it. Update the engine, or leave the attribute out. `topsail doctor` lists all that an engine lacks.',
  write: (path, who, attribute, release, needed, found) => ({
    message: `${who}: ${attribute} requires Docker Engine v${release} or later (API ${needed}); this engine speaks API ${found}`,
    path,
  }),
});

/** Nothing serves the models of a service. */
export const modelsUnavailable: DiagnosticFactory<[path: string, service: string, reason: string]> = defineDiagnostic({
  code: 'models-unavailable',
  about:
    'Models are served by the plugin `docker model` of Docker Desktop or of the package docker-model-plugin, which is not there or does not work.',
  write: (path, service, reason) => ({
    message: `service "${service}" uses models: ${reason}`,
    path,
    hint: 'install the plugin docker-model, or see what `docker model status` says',
  }),
});

/** A container of another service that neither is there nor is going to be. */
export const referenceMissing: DiagnosticFactory<[path: string, service: string, attribute: string, other: string]> =
  defineDiagnostic({
    code: 'reference-missing',
    about:
      'A service shares the network, processes, IPC or volumes of another service, which has no container and gets none from this command: it is scaled to 0, or `--no-deps` leaves it out.',
    write: (path, service, attribute, other) => ({
      message: `service "${service}" cannot share ${sharedThings.get(attribute) ?? attribute} with service ${other}: container missing`,
      path,
      hint: `start ${other} first, or together with ${service}`,
    }),
  });

const sharedThings: ReadonlyMap<string, string> = new Map([
  ['network_mode', 'network namespace'],
  ['ipc', 'IPC namespace'],
  ['pid', 'PID namespace'],
  ['volumes_from', 'volume'],
]);

/** An image that may not be fetched and is not there. */
export const imageNeverPulled: DiagnosticFactory<[path: string, service: string, image: string]> = defineDiagnostic({
  code: 'image-never-pulled',
  about: 'The pull policy `never` uses only images that the engine already has.',
  write: (path, service, image) => ({
    message: `service "${service}": No such image: ${image} (it is not on the engine and pull_policy is never)`,
    path,
  }),
});
