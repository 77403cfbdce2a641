import { type ImageRow, images } from '../../compose/images.ts';
import { printJson } from '../../document/print-json.ts';
import { humanDuration } from '../../report/human-duration.ts';
import { decimalSize } from '../../report/human-size.ts';
import { renderTable } from '../../report/table.ts';
import type { ImagesFlags } from '../commands/images.ts';
import { exitCode } from '../exit-code.ts';
import { readPlainFormat, wideTable } from '../listing.ts';
import { nameOfProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { withEngine } from '../with-engine.ts';

const shortId = 12;

/** Lists the images of the project's containers. */
export async function runImages(session: Session, services: readonly string[], flags: ImagesFlags): Promise<number> {
  const format = readPlainFormat(flags.format);
  const project = await nameOfProject(session);
  await withEngine(session, async (ports, signal) => {
    const rows = await images(ports, project, { services, signal });
    session.host.stdout.write(listing(rows, flags.quiet === true ? 'quiet' : format));
  });
  return exitCode.success;
}

function listing(rows: readonly ImageRow[], format: 'table' | 'json' | 'quiet'): string {
  switch (format) {
    case 'quiet':
      return [...new Set(rows.map(({ id }) => `${bare(id)}\n`))].join('');
    case 'json':
      return `${printJson(rows.map(jsonRow))}\n`;
    case 'table':
      return renderTable(
        ['CONTAINER', 'REPOSITORY', 'TAG', 'PLATFORM', 'IMAGE ID', 'SIZE', 'CREATED'],
        rows.map(tableRow),
        wideTable,
      );
  }
}

function jsonRow({ id, container, repository, tag, platform, size, created, lastTagTime }: ImageRow): object {
  return {
    ID: id,
    ContainerName: container,
    Repository: repository,
    Tag: tag,
    Platform: platform,
    Size: size,
    Created: created,
    LastTagTime: lastTagTime,
  };
}

function tableRow({ id, container, repository, tag, platform, size, created, lastTagTime }: ImageRow): string[] {
  const since = lastTagTime ?? created;
  return [
    container,
    repository === '' ? '<none>' : repository,
    tag === '' ? '<none>' : tag,
    platform,
    bare(id).slice(0, shortId),
    decimalSize(size),
    since === undefined ? 'N/A' : `${humanDuration(Date.now() - Date.parse(since))} ago`,
  ];
}

function bare(id: string): string {
  return id.replace(/^sha256:/, '');
}
