import type { Session } from './session.ts';

/** Shows a step that belongs to no plan as Docker Compose does: ` shop-web-1 copy a to shop-web-1:/b Copied`. */
export function showStep({ host, display, flags }: Session, container: string, what: string, verb: string): void {
  const mode = flags.dryRun === true ? ' DRY-RUN MODE - ' : '';
  if (display.format === 'plain' || display.format === 'tty')
    host.stderr.write(`${mode} ${container} ${what} ${verb}\n`);
}
