import type { DocumentNode } from '../../document/node.ts';
import type { JsonValue } from '../../project/project.ts';
import type { Build } from '../../project/service.ts';
import { readFileReference, readUlimits } from './bind-container-parts.ts';
import { readAssignments, readExtraHosts, readNullableAssignments, readTexts } from './list-readers.ts';
import { type Reader, readList, readObject } from './reader.ts';
import { readFlag, readSize, readText } from './scalar-readers.ts';

/** `ssh` as a list of `id` or `id=path`. */
function readSshKeys(node: DocumentNode): readonly string[] | undefined {
  if (node.kind !== 'mapping' || node.entries.size === 0) return undefined;
  return [...node.entries.values()]
    .map(({ key, value }) => (value.kind === 'scalar' && value.value !== null ? `${key}=${String(value.value)}` : key))
    .sort();
}

/** A reader whose value is JSON, as the open-ended build section holds it. */
function asJson<T extends object | string | boolean>(read: Reader<T>): Reader<JsonValue> {
  // Every reader here yields texts, booleans, and lists and mappings of them.
  return read as unknown as Reader<JsonValue>;
}

/** The `build` section. */
export const readBuild: Reader<Build> = readObject<{ readonly [member: string]: JsonValue }>({
  context: readText,
  dockerfile: readText,
  dockerfile_inline: readText,
  entitlements: readTexts,
  args: readNullableAssignments,
  provenance: readText,
  sbom: readText,
  ssh: readSshKeys,
  labels: readAssignments,
  cache_from: readTexts,
  cache_to: readTexts,
  no_cache: readFlag,
  additional_contexts: readAssignments,
  pull: readFlag,
  extra_hosts: readExtraHosts,
  isolation: readText,
  network: readText,
  target: readText,
  secrets: asJson(readList(readFileReference)),
  shm_size: readSize,
  tags: readTexts,
  ulimits: asJson(readUlimits),
  platforms: readTexts,
  privileged: readFlag,
});
