import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { RecordedHost } from './recorded-host.ts';

const tests = fileURLToPath(new URL('../..', import.meta.url));

/** What runs the command as users do: scenarios on a real engine, and calls of the command line without one. */
const texts = ['scenarios', 'unit/cli', 'unit/bin'].flatMap((folder) =>
  readdirSync(join(tests, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && name !== 'flags-covered.test.ts')
    .map((name) => readFileSync(join(tests, folder, name), 'utf8')),
);

/** Whether a text has a word of a command line: between quotes, or between blanks inside of them; a value may follow. */
function names(text: string, word: string): boolean {
  const escaped = word.replaceAll(/[-]/g, '\\-');
  return new RegExp(`(?:^|['"\`\\s])${escaped}(?:=|['"\`\\s]|$)`, 'm').test(text);
}

function isNamed(command: string | undefined, option: Option): boolean {
  const words = [option.long, option.short].flatMap((word) => word ?? []);
  const own = command === undefined ? texts : texts.filter((text) => names(text, command));
  return own.some((text) => words.some((word) => names(text, word)));
}

function unnamed(command: Command, name: string | undefined): readonly string[] {
  return command.options
    .filter((option) => !isNamed(name, option))
    .map((option) => [name, option.long ?? option.short].join(' ').trim());
}

test('every flag of every command is named by a test of that command', () => {
  const { program, grammar } = createProgram(new RecordedHost(), () => Promise.resolve());
  grammar.declareAll();
  const commands = program.commands.filter((command) => !grammar.isVerbatim(command.name()));
  expect(commands.length).toBeGreaterThan(30);
  const missing = [...unnamed(program, undefined), ...commands.flatMap((command) => unnamed(command, command.name()))];
  expect(missing).toEqual([]);
});
