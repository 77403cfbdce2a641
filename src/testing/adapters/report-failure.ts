import { join } from 'node:path';
import { errorMessage } from '../../diagnostics/thrown.ts';
import type { Stack } from '../stack.ts';

/** Where the artefacts of failed tests go, unless `TOPSAIL_ARTEFACTS` names another folder. */
const defaultFolder = 'topsail-artefacts';

/**
 * Keeps what tells why a test failed: the stack's logs and state in a folder of `TOPSAIL_ARTEFACTS` (default `topsail-artefacts`), and
 * in GitHub Actions an annotation that names it. Never rejects: the test's own failure is what counts.
 */
export async function reportFailure(stack: Stack, test: string): Promise<void> {
  const base = process.env['TOPSAIL_ARTEFACTS'] ?? defaultFolder;
  try {
    const folder = await stack.saveArtefacts(join(base, `${folderName(test)}-${stack.name}`));
    annotate(`${test} failed`, `logs and state of the stack ${stack.name} are in ${folder}`);
  } catch (error) {
    annotate(`${test} failed`, `its stack could not be saved: ${errorMessage(error)}`);
  }
}

/** Tells of a stack that did not start, where GitHub Actions shows it beside the change. */
export function reportFailedStart(error: unknown): void {
  annotate('the stack did not start', errorMessage(error));
}

/** A workflow command of GitHub Actions; nothing elsewhere. */
function annotate(title: string, message: string): void {
  if (process.env['GITHUB_ACTIONS'] !== 'true') return;
  process.stdout.write(`::error title=${escapeProperty(title)}::${escapeData(message)}\n`);
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function folderName(test: string): string {
  const name = test
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return name.slice(0, 60) || 'test';
}
