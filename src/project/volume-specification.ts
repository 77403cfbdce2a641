import { cleanPath } from './clean-path.ts';
import type { Mount } from './service.ts';

const propagations: ReadonlySet<string> = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave']);

/**
 * Reads the short volume syntax `[SOURCE:]TARGET[:OPTIONS]` (spec-facts section 21). Unknown options are ignored.
 * Throws a RangeError that says what is wrong.
 */
export function parseVolumeSpecification(specification: string): Mount {
  if (specification === '') throw new RangeError('invalid empty volume spec');
  if (specification.length <= 2) return { type: 'volume', target: cleanPath(specification) };
  const fields = splitFields(specification);
  if (fields.includes('')) throw new RangeError(`invalid spec: ${specification}: empty section between colons`);
  if (fields.length > 3) throw new RangeError(`invalid spec: ${specification}: too many colons`);
  const [first = '', second, options] = fields;
  if (second === undefined) return { type: 'volume', target: cleanPath(first), volume: {} };
  const chosen = readOptions(options ?? '');
  const bind = {
    ...(chosen.propagation === undefined ? {} : { propagation: chosen.propagation }),
    ...(chosen.selinux === undefined ? {} : { selinux: chosen.selinux }),
  };
  const nocopy = chosen.nocopy ? { nocopy: true } : {};
  const common = { source: first, target: cleanPath(second), ...(chosen.readOnly ? { read_only: true } : {}) };
  if (isPathLike(first)) {
    const volume = chosen.nocopy ? { volume: nocopy } : {};
    return { type: 'bind', ...common, bind: { ...bind, create_host_path: true }, ...volume };
  }
  return { type: 'volume', ...common, ...(Object.keys(bind).length === 0 ? {} : { bind }), volume: nocopy };
}

interface VolumeOptions {
  readonly readOnly: boolean;
  readonly nocopy: boolean;
  readonly selinux: string | undefined;
  readonly propagation: string | undefined;
}

function readOptions(text: string): VolumeOptions {
  let readOnly = false;
  let nocopy = false;
  let selinux: string | undefined;
  let propagation: string | undefined;
  for (const option of text.split(',')) {
    if (option === 'ro' || option === 'rw') readOnly = option === 'ro';
    else if (option === 'nocopy') nocopy = true;
    else if (option === 'z' || option === 'Z') selinux = option;
    else if (propagations.has(option)) propagation = option;
  }
  return { readOnly, nocopy, selinux, propagation };
}

/** Splits at `:`, but not behind a drive letter and not inside `${...}`, which stays when values are not interpolated. */
function splitFields(specification: string): readonly string[] {
  const fields: string[] = [];
  let field = '';
  let braces = 0;
  for (let at = 0; at < specification.length; at += 1) {
    const character = specification.charAt(at);
    if (character === '{' && (specification[at - 1] === '$' || braces > 0)) braces += 1;
    else if (character === '}' && braces > 0) braces -= 1;
    if (character !== ':' || braces > 0 || isDriveLetter(field)) {
      field += character;
      continue;
    }
    fields.push(field);
    field = '';
  }
  fields.push(field);
  return fields;
}

function isDriveLetter(text: string): boolean {
  return /^[a-zA-Z]$/.test(text);
}

/** Whether a volume source names a path of the host rather than a volume. */
export function isPathLike(source: string): boolean {
  return /^(?:[./~]|\\\\|[a-zA-Z]:)/.test(source);
}
