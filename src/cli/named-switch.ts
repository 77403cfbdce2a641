import { Option } from 'commander';

/** A switch under its own name, also if that begins with `no-`: `--no-tty` is `noTty`, and no negation of `tty`. */
export function namedSwitch(flags: string, description: string): Option {
  const option = new Option(flags, description);
  option.negate = false;
  return option;
}
