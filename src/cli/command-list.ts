import type { CommandDefinition } from './command-definition.ts';
import { attachCommand } from './commands/attach.ts';
import { buildCommand } from './commands/build.ts';
import { commitCommand } from './commands/commit.ts';
import { completionCommand } from './commands/completion.ts';
import { configCommand } from './commands/config.ts';
import { cpCommand } from './commands/cp.ts';
import { createCommand } from './commands/create.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downCommand } from './commands/down.ts';
import { envCommand } from './commands/env.ts';
import { eventsCommand } from './commands/events.ts';
import { execCommand } from './commands/exec.ts';
import { explainCommand } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { graphCommand } from './commands/graph.ts';
import { imagesCommand } from './commands/images.ts';
import { installCommand } from './commands/install.ts';
import { killCommand } from './commands/kill.ts';
import { logsCommand } from './commands/logs.ts';
import { lsCommand } from './commands/ls.ts';
import { pauseCommand } from './commands/pause.ts';
import { planCommand } from './commands/plan.ts';
import { portCommand } from './commands/port.ts';
import { pruneCommand } from './commands/prune.ts';
import { psCommand } from './commands/ps.ts';
import { pullCommand } from './commands/pull.ts';
import { pushCommand } from './commands/push.ts';
import { restartCommand } from './commands/restart.ts';
import { rmCommand } from './commands/rm.ts';
import { runCommand } from './commands/run.ts';
import { scaleCommand } from './commands/scale.ts';
import { startCommand } from './commands/start.ts';
import { statsCommand } from './commands/stats.ts';
import { stopCommand } from './commands/stop.ts';
import { topCommand } from './commands/top.ts';
import { typesCommand } from './commands/types.ts';
import { unpauseCommand } from './commands/unpause.ts';
import { upCommand } from './commands/up.ts';
import { versionCommand } from './commands/version.ts';
import { volumesCommand } from './commands/volumes.ts';
import { waitCommand } from './commands/wait.ts';

/** Every subcommand, in the order of the help. */
export const commandList: readonly CommandDefinition[] = [
  upCommand,
  downCommand,
  createCommand,
  startCommand,
  stopCommand,
  restartCommand,
  killCommand,
  rmCommand,
  pauseCommand,
  unpauseCommand,
  scaleCommand,
  waitCommand,
  buildCommand,
  planCommand,
  graphCommand,
  psCommand,
  lsCommand,
  envCommand,
  pruneCommand,
  logsCommand,
  imagesCommand,
  volumesCommand,
  portCommand,
  topCommand,
  statsCommand,
  eventsCommand,
  pullCommand,
  pushCommand,
  execCommand,
  runCommand,
  attachCommand,
  cpCommand,
  exportCommand,
  commitCommand,
  configCommand,
  explainCommand,
  typesCommand,
  doctorCommand,
  versionCommand,
  completionCommand,
  installCommand,
];
