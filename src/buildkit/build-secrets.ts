import { access, constants, readFile } from 'node:fs/promises';
import { BuildError } from '../engine/build-error.ts';
import type { BuildSecret } from '../engine/builder.ts';

/** Reads a secret by its id; undefined for one that the build was not given. */
export type ReadSecret = (id: string) => Promise<Uint8Array | undefined>;

/** Looks whether the files of secrets are there, before anything is built. Throws a {@link BuildError} `refused` for one that is not. */
export async function openSecrets(secrets: readonly BuildSecret[]): Promise<ReadSecret> {
  for (const { id, file } of secrets) {
    if (file === undefined) continue;
    await access(file, constants.R_OK).catch((cause: unknown) => {
      throw new BuildError('refused', `the file of secret ${JSON.stringify(id)} cannot be read: ${file}`, { cause });
    });
  }
  return async (id) => {
    const secret = secrets.find((each) => each.id === id);
    if (secret?.value !== undefined) return Buffer.from(secret.value);
    return secret?.file === undefined ? undefined : readFile(secret.file);
  };
}
