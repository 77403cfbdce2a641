import { volumes } from '../../compose/volumes.ts';
import type { VolumeInspect } from '../../engine/resource.ts';
import type { TemplateValue } from '../../report/go-template.ts';
import { templateText } from '../../report/template-functions.ts';
import type { TemplateCells } from '../cell-template.ts';
import type { VolumesFlags } from '../commands/volumes.ts';
import { exitCode } from '../exit-code.ts';
import { formatListing, type ListingForm } from '../listing.ts';
import { referToProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { withEngine } from '../with-engine.ts';

const names = [
  'Availability',
  'Driver',
  'Group',
  'Labels',
  'Links',
  'Mountpoint',
  'Name',
  'Scope',
  'Size',
  'Status',
] as const;

/** How lists of volumes are written, in the words of `docker volume ls`. */
const volumeListing: ListingForm = {
  columns: ['Driver', 'Name'],
  headers: { Name: 'VOLUME NAME' },
  names,
  raw: ({ Name: name, Driver: driver }) => [`name: ${templateText(name)}`, `driver: ${templateText(driver)}`],
};

/** Lists the project's volumes. */
export async function runVolumes(session: Session, services: readonly string[], flags: VolumesFlags): Promise<number> {
  const reference = await referToProject(session);
  await withEngine(session, async (ports, signal) => {
    const found = await volumes(ports, reference, { services, signal });
    const text =
      flags.quiet === true
        ? found.map(({ Name }) => `${Name}\n`).join('')
        : formatListing(found.map(volumeCells), flags.format ?? 'table', volumeListing);
    session.host.stdout.write(text);
  });
  return exitCode.success;
}

/** Docker has cells for figures that only swarm knows, or that a list does not ask for. */
function volumeCells(volume: VolumeInspect): TemplateCells & { readonly [Name in (typeof names)[number]]: string } {
  const labels = Object.entries(volume.Labels ?? {});
  return {
    Label: (name: TemplateValue) => volume.Labels?.[templateText(name)] ?? '',
    Availability: 'N/A',
    Driver: volume.Driver,
    Group: 'N/A',
    Labels: labels.map(([name, value]) => `${name}=${value}`).join(','),
    Links: 'N/A',
    Mountpoint: volume.Mountpoint ?? '',
    Name: volume.Name,
    Scope: volume.Scope ?? 'local',
    Size: 'N/A',
    Status: 'N/A',
  };
}
