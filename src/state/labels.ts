/** The labels that Docker Compose and Topsail share (compose-surface section 3.2). */
export const LABEL_PREFIX = 'com.docker.compose.';

/** Project name: on containers, networks and volumes. */
export const PROJECT_LABEL = 'com.docker.compose.project';

/** Service name, on containers. */
export const SERVICE_LABEL = 'com.docker.compose.service';

/** Version of the tool that created the resource. */
export const VERSION_LABEL = 'com.docker.compose.version';

/** Absolute project directory, on containers. */
export const WORKING_DIRECTORY_LABEL = 'com.docker.compose.project.working_dir';

/** Absolute compose files joined by commas, on containers. */
export const CONFIG_FILES_LABEL = 'com.docker.compose.project.config_files';

/** Explicit env files joined by commas, on containers; absent for the default `.env`. */
export const ENVIRONMENT_FILE_LABEL = 'com.docker.compose.project.environment_file';

/** `True` on containers of `run`, else `False`. */
export const ONE_OFF_LABEL = 'com.docker.compose.oneoff';

/** 64 hexadecimal digits that tell a one-off from all others. */
export const SLUG_LABEL = 'com.docker.compose.slug';

/** Decimal replica number; absent on one-offs. */
export const CONTAINER_NUMBER_LABEL = 'com.docker.compose.container-number';

/** Hash of the definition: on containers, networks and volumes. */
export const CONFIG_HASH_LABEL = 'com.docker.compose.config-hash';

/** `service:condition:restart` joined by commas, on containers. */
export const DEPENDS_ON_LABEL = 'com.docker.compose.depends_on';

/** Id of the image a container was made from. */
export const IMAGE_LABEL = 'com.docker.compose.image';

/** On a container that replaced another one: the name of what it replaced. */
export const REPLACE_LABEL = 'com.docker.compose.replace';

/** `pre_start` on the container of such a hook. */
export const HOOK_LABEL = 'com.docker.compose.hook';

/** Key of the network in the file. */
export const NETWORK_LABEL = 'com.docker.compose.network';

/** Key of the volume in the file. */
export const VOLUME_LABEL = 'com.docker.compose.volume';

/** What Topsail's own labels begin with. */
const TOPSAIL_LABEL_PREFIX = 'dev.topsail.';

/** Name of the copy a resource belongs to: on everything of a copy, not on a project itself. */
export const INSTANCE_LABEL = 'dev.topsail.instance';

/** The project that a copy is one of. */
export const INSTANCE_OF_LABEL = 'dev.topsail.instance.of';

/** `true` on everything of a copy that goes when nobody holds a lease on it any more, and on locks. */
export const LEASED_LABEL = 'dev.topsail.leased';

/** Assigned host ports of a container: `5432=24001` joined by commas, what the file publishes before what is assigned. */
export const PORTS_LABEL = 'dev.topsail.ports';

/** Hashes of the configs and secrets that were copied into a container, by path. */
export const FILES_LABEL = 'dev.topsail.files';

/** The project that a lease keeps: on the volume that is the lease. Its other labels begin with this one. */
export const LEASE_LABEL = 'dev.topsail.lease';

/** What is shared while one holder of a lease works on it: on the container that is the lock. */
export const LOCK_LABEL = 'dev.topsail.lock';

/** Whether a label is the tool's own, and says nothing about what the file asks for. */
export function isToolLabel(name: string): boolean {
  return name.startsWith(LABEL_PREFIX) || name.startsWith(TOPSAIL_LABEL_PREFIX);
}
