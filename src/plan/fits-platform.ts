import type { ImageInspect } from '../engine/resource.ts';

/** Names that machines give themselves, by the names that images carry. */
const architectures: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['aarch64', 'arm64'],
]);

/** Whether an image is one for the wanted platform, `os[/arch[/variant]]`; what an image does not say fits everything. */
export function fitsPlatform(image: ImageInspect, platform: string | undefined): boolean {
  const [system, machine, variant] = platform?.split('/') ?? [];
  if (system === undefined) return true;
  const architecture = machine === undefined ? undefined : (architectures.get(machine) ?? machine);
  return fits(image.Os, system) && fits(image.Architecture, architecture) && fits(image.Variant, variant);
}

function fits(actual: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || actual === undefined || actual === '' || actual === wanted;
}
