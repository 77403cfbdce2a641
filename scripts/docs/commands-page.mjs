import { commandWords } from './command-words.mjs';
import { loadSource } from './load-source.mjs';
import { code, page, table } from './markdown.mjs';

/** Renders docs/commands.md from what the command line is made of. */
export async function renderCommandsPage() {
  const { createProgram, laterCommands } = await loadSource(
    "export { createProgram } from './cli/program.ts'; export { laterCommands } from './cli/commands/later-commands.ts';",
  );
  const output = { write: () => undefined, isTerminal: false };
  const { program, grammar } = createProgram({ stdout: output, stderr: output }, () => Promise.resolve());
  grammar.declareAll();
  const commands = program.commands.filter((command) => !laterCommands.includes(command.name()));
  checkWords(commands);
  return page('Commands', [
    'Flags and exit codes are those of `docker compose`. Flags for the whole stand before the command: `topsail -p shop up -d`; `--dry-run` and `--instance` behind it too, before the first argument of `exec` and `run`.',
    `Not there yet: ${laterCommands.map(code).join(', ')}. They say so and exit with 1.`,
    '## Exit codes',
    table(
      ['code', 'when'],
      [
        ['0', 'Done, also if there was nothing to do.'],
        [
          '1',
          'Something failed: the command line, the file, the engine, a container. The first line on stderr says what.',
        ],
        ['2', 'Of `plan`: there is something to do.'],
        ['130', 'Ctrl-C or SIGTERM, during any command.'],
        ['other', 'Of an attached `up` that was told to take over the code of a container.'],
      ],
    ),
    '## Output',
    'Results go to stdout, progress, warnings and errors to stderr. On a terminal progress is a picture that is redrawn, else lines; `--progress json` writes [events](events.md), `--progress quiet` nothing but errors.',
    '## Environment',
    environmentTable(),
    '## For the whole',
    flagTable(program),
    ...commands.flatMap((command) => commandBlocks(command)),
  ]);
}

function commandBlocks(command) {
  const words = commandWords[command.name()];
  const parameters = command.registeredArguments.map((argument) => [code(argument.name()), argument.description]);
  const description = command.description();
  return [
    `## ${code(command.name())}`,
    `${description.charAt(0).toUpperCase()}${description.slice(1)}.`,
    `\`\`\`\ntopsail ${command.name()} ${command.usage()}\n\`\`\``,
    flagTable(command, parameters),
    ...(words === undefined ? [] : [words]),
  ];
}

function flagTable(command, parameters = []) {
  const flags = command.options
    .filter((option) => !option.hidden)
    .map((option) => [code(option.flags.replace(/ \[(.*)\]$/, '[=$1]')), option.description]);
  return table(['flag', 'meaning'], [...parameters, ...flags]);
}

function environmentTable() {
  return table(
    ['variable', 'meaning'],
    [
      [
        '`COMPOSE_FILE`, `COMPOSE_PATH_SEPARATOR`',
        'The files if no `-f` is given, separated by `:` (Windows: `;`) or by what the second one says.',
      ],
      ['`COMPOSE_PROJECT_NAME`', 'The project name if no `-p` is given.'],
      ['`COMPOSE_PROFILES`', 'Active profiles, a comma list, if no `--profile` is given.'],
      [
        '`COMPOSE_ENV_FILES`, `COMPOSE_DISABLE_ENV_FILE`',
        'Env files in place of `.env`, a comma list; no `.env` at all.',
      ],
      ['`COMPOSE_PROGRESS`, `COMPOSE_ANSI`, `NO_COLOR`', 'As `--progress` and `--ansi`; no colours.'],
      ['`COMPOSE_PARALLEL_LIMIT`', 'As `--parallel`.'],
      ['`TOPSAIL_INSTANCE`', 'As `--instance`: the [copy](instances.md) that commands are about.'],
      [
        '`TOPSAIL_NO_SWEEP`',
        'Commands and test runs leave alone what killed processes left; `topsail prune` does not.',
      ],
      ['`COMPOSE_REMOVE_ORPHANS`, `COMPOSE_IGNORE_ORPHANS`', 'As `--remove-orphans`; say nothing of orphans.'],
      [
        '`DOCKER_HOST`, `DOCKER_CONTEXT`, `DOCKER_CONFIG`, `DOCKER_TLS_VERIFY`, `DOCKER_CERT_PATH`',
        'Which engine, as for every Docker client; see [engines](engines.md).',
      ],
      [
        '`TOPSAIL_NO_CODE_CACHE`',
        "Set to anything: no compiled code is kept in `topsail/code` of the user's cache folder, and none is taken from there. Starting takes about twice as long.",
      ],
      ['`DOCKER_DEFAULT_PLATFORM`', 'The platform of services that name none.'],
    ],
  );
}

function checkWords(commands) {
  const names = commands.map((command) => command.name());
  const silent = names.filter((name) => !Object.hasOwn(commandWords, name));
  const stale = Object.keys(commandWords).filter((name) => !names.includes(name));
  if (silent.length > 0) throw new Error(`scripts/docs/command-words.mjs does not know ${silent.join(', ')}`);
  if (stale.length > 0)
    throw new Error(`scripts/docs/command-words.mjs speaks of ${stale.join(', ')}, which is no command`);
}
