import type { AssignedPorts, ProjectInstance } from './project-instance.ts';
import type { Service } from './service.ts';

/** A mapping with user-chosen keys. Built without a prototype, so that `__proto__` and `constructor` are plain names. */
export type Named<T> = { readonly [name: string]: T };

/** A value of JSON, as extensions (`x-*`) hold them. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * A loaded project in canonical form: member names and value formats are those of the Compose Specification as
 * `config --format json` prints them (before `$` doubling). Durations are Go notation (`1m30s`), sizes decimal
 * bytes as text (`"536870912"`), paths absolute, short forms expanded, names resolved. Immutable.
 */
export interface Project {
  readonly name: string;
  /** Enabled and selected services only. */
  readonly services: Named<Service>;
  readonly networks: Named<Network>;
  readonly volumes: Named<Volume>;
  readonly configs: Named<Config>;
  readonly secrets: Named<Secret>;
  readonly models: Named<JsonValue>;
  /** Top-level `x-*` members, `x-topsail` among them. */
  readonly extensions: Named<JsonValue>;
  readonly origin: ProjectOrigin;
}

/** Where a project came from and what the load decided beside the model. Not part of `config`'s output. */
export interface ProjectOrigin {
  /** Absolute project directory (label `project.working_dir`). */
  readonly workingDirectory: string;
  /** Absolute paths in merge order (label `project.config_files`). */
  readonly configFiles: readonly string[];
  /** Explicit `--env-file` paths (label `project.environment_file`), empty for the default `.env`. */
  readonly environmentFiles: readonly string[];
  /** The environment that interpolation saw: process environment over env files. */
  readonly environment: Named<string>;
  /** Services of the file that a profile disables, by name. */
  readonly disabledServices: Named<Service>;
  /** Enabled services that the selection leaves out: builds may take theirs as contexts. */
  readonly unselectedServices?: Named<Service>;
  /** Every service name in the file before command-line selection, enabled ones only. */
  readonly enabledServices: readonly string[];
  /** Paths of the `label_file` entries of services that have some: Docker Compose hashes them beside the labels. */
  readonly labelFiles?: Named<readonly string[]>;
  /** `ipam.options` of networks, by key: Docker Compose leaves them out of the model. */
  readonly addressOptions?: Named<Named<string>>;
  /** Services with `pull_refresh_after`, which the model leaves out too. */
  readonly refreshedServices?: readonly string[];
  /** Active profiles. */
  readonly profiles: readonly string[];
  /** Absent on the project itself. */
  readonly instance?: ProjectInstance;
  /** Host ports that planning assigned, in place of what the file publishes. */
  readonly assignedPorts?: AssignedPorts;
}

/** Compose Specification, `networks` top-level element. */
export interface Network {
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Named<string>;
  readonly ipam: Ipam;
  readonly external?: boolean;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly labels?: Named<string>;
  readonly enable_ipv4?: boolean;
  readonly enable_ipv6?: boolean;
}

/** Address management of a network. */
export interface Ipam {
  readonly driver?: string;
  readonly config?: readonly IpamPool[];
}

/** One address pool of a network. */
export interface IpamPool {
  readonly subnet?: string;
  readonly ip_range?: string;
  readonly gateway?: string;
  readonly aux_addresses?: Named<string>;
}

/** Compose Specification, `volumes` top-level element. */
export interface Volume {
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Named<string>;
  readonly external?: boolean;
  readonly labels?: Named<string>;
}

/** Compose Specification, `configs` top-level element. */
export interface Config {
  readonly name: string;
  readonly file?: string;
  readonly environment?: string;
  readonly content?: string;
  readonly external?: boolean;
  readonly labels?: Named<string>;
  readonly template_driver?: string;
}

/** Compose Specification, `secrets` top-level element. */
export interface Secret {
  readonly name: string;
  readonly file?: string;
  readonly environment?: string;
  readonly external?: boolean;
  readonly labels?: Named<string>;
  readonly driver?: string;
  readonly driver_opts?: Named<string>;
  readonly template_driver?: string;
}
