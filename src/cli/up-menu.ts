import { renderConfig } from '../loader/render-config.ts';
import type { Project } from '../project/project.ts';
import type { LogPrinter } from '../report/log-printer.ts';
import { isTrue } from '../source/environment-switch.ts';
import type { UpFlags } from './commands/up.ts';
import type { Session } from './session.ts';

/** What the keys of an attached `up` on a terminal bring about. */
export interface MenuActions {
  readonly project: Project;
  readonly printer: LogPrinter;
  /** Leaves the containers running. */
  readonly detach: () => void;
}

const controlC = '\u0003';

/** Whether an attached `up` takes keys: on a terminal, unless the flag or COMPOSE_MENU says no. */
export function hasMenu({ host, display }: Session, { menu }: UpFlags): boolean {
  const { COMPOSE_MENU: wanted } = host.environment;
  const asked = menu ?? (wanted === undefined || wanted === '' || isTrue(wanted));
  return asked && host.stdout.isTerminal && host.stdin.isTerminal && display.format !== 'plain';
}

/** Takes keys until the returned function is called: d detaches, o and v show the configuration, Ctrl-C stops. */
export async function openMenu(session: Session, actions: MenuActions): Promise<() => Promise<void>> {
  const { stdin } = session.host;
  const closing = new AbortController();
  const giveBack = await stdin.takeKeys({ translateOutput: true });
  actions.printer.status('keys: d detach, o view config, w watch, Ctrl-C stop');
  const listen = async (): Promise<void> => {
    for await (const piece of stdin.read(closing.signal)) {
      for (const key of new TextDecoder().decode(piece)) press(key, session, actions);
    }
  };
  const listening = listen();
  return async () => {
    closing.abort();
    giveBack();
    await listening;
  };
}

function press(key: string, { interrupts }: Session, { project, printer, detach }: MenuActions): void {
  switch (key) {
    case controlC:
      interrupts.interrupt();
      return;
    case 'd':
      detach();
      return;
    case 'o':
    case 'v':
      printer.status(renderConfig(project, 'yaml').trimEnd());
      return;
    case 'w':
      printer.status('watch comes in a later version');
      return;
    case '\r':
    case '\n':
      printer.status('');
      return;
    default:
      return;
  }
}
