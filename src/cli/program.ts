import { Command } from 'commander';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { CommandDefinition, RunCommand } from './command-definition.ts';
import { commandList } from './command-list.ts';
import { laterCommands } from './commands/later-commands.ts';
import { exitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import type { WordGrammar } from './normalize-words.ts';
import { addRootFlags, type RootFlags } from './root-flags.ts';
import { usageError } from './usage-error.ts';

/** Runs the body of the chosen command with the root flags. */
export type RunChosen = (flags: RootFlags, body: RunCommand) => Promise<void>;

/** The command line as commander knows it, and what its words are read against. */
export interface Program {
  readonly program: Command;
  readonly grammar: WordGrammar;
}

/** Declares the program; a command is declared when the grammar is asked for it. Nothing is run before `parseAsync`. */
export function createProgram(host: Host, run: RunChosen): Program {
  const program = new Command(host.asDockerCompose === true ? 'docker compose' : 'topsail');
  program
    .description('Starts, limits, watches over and tears down Compose projects through the Docker Engine API.')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      getOutHelpWidth: () => host.stdout.columns ?? 80,
      getErrHelpWidth: () => host.stderr.columns ?? 80,
    });
  addRootFlags(program);
  program.option('-v, --version', 'show the version');
  program.allowExcessArguments(true).action((flags: RootFlags & { readonly version?: boolean }) => {
    if (flags.version === true)
      return run(flags, async (session) => (await import('./run/version.ts')).runVersion(session, {}));
    const [name, topic] = program.args;
    const known = name === 'help' && commandList.some((definition) => definition.name === topic);
    const asked = known ? program.commands.find((command) => command.name() === topic) : undefined;
    (asked ?? program).outputHelp();
    if (name === undefined || name === 'help') return Promise.resolve();
    return run(flags, () => Promise.reject(unknownCommand(name)));
  });
  return {
    program,
    grammar: {
      program,
      find: (name) => findCommand(program, name, run),
      declareAll: () => {
        for (const { name } of commandList) findCommand(program, name, run);
      },
      isVerbatim: (name) => laterCommands.includes(name),
      endsFlagsAtArgument: (name) => definitionOf(name)?.endsFlagsAtArgument === true,
      ignoresSurplus: (name) => definitionOf(name)?.ignoresSurplus === true,
    },
  };
}

function definitionOf(name: string): CommandDefinition | undefined {
  return commandList.find((definition) => definition.name === name);
}

/** One command costs less to declare than forty. */
function findCommand(program: Command, name: string, run: RunChosen): Command | undefined {
  const known = program.commands.find((command) => command.name() === name);
  if (known !== undefined) return known;
  if (laterCommands.includes(name)) return addLaterCommand(program, name, run);
  const definition = definitionOf(name);
  if (definition === undefined) return undefined;
  const command = program.command(definition.name);
  definition.define(command, (body) => run(program.opts<RootFlags>(), body));
  if (definition.endsFlagsAtArgument === true) command.passThroughOptions();
  return command;
}

function addLaterCommand(program: Command, name: string, run: RunChosen): Command {
  return program
    .command(name, { hidden: true })
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption(false)
    .action(() => run(program.opts<RootFlags>(), (session) => refuseLater(session.host, name)));
}

function refuseLater(host: Host, name: string): Promise<number> {
  host.stderr.write(`topsail ${name} comes in a later version\n`);
  return Promise.resolve(exitCode.failure);
}

function unknownCommand(name: string): Error {
  const meant = didYouMean(name, [...commandList.map((definition) => definition.name), ...laterCommands]);
  return usageError(
    `unknown docker command: "compose ${name}"`,
    ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
  );
}
