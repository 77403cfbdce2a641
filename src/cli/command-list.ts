import type { CommandDefinition } from './command-definition.ts';
import { configCommand } from './commands/config.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downCommand } from './commands/down.ts';
import { explainCommand } from './commands/explain.ts';
import { graphCommand } from './commands/graph.ts';
import { logsCommand } from './commands/logs.ts';
import { planCommand } from './commands/plan.ts';
import { psCommand } from './commands/ps.ts';
import { upCommand } from './commands/up.ts';
import { versionCommand } from './commands/version.ts';

/** Every subcommand, in the order of the help. */
export const commandList: readonly CommandDefinition[] = [
  upCommand,
  downCommand,
  planCommand,
  graphCommand,
  psCommand,
  logsCommand,
  configCommand,
  explainCommand,
  doctorCommand,
  versionCommand,
];
