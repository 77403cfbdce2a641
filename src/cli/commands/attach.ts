import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';
import { parseInteger } from '../root-flags.ts';

/** Flags of `attach`. */
export interface AttachFlags {
  readonly detachKeys?: string;
  readonly index?: number;
  /** `--no-stdin` */
  readonly stdin?: boolean;
  readonly sigProxy?: boolean;
}

/** `topsail attach`: the streams of a running container. */
export const attachCommand: CommandDefinition = {
  name: 'attach',
  ignoresSurplus: true,
  define: (command, run) => {
    command
      .description('connect with the streams of a running container')
      .argument('<service>', 'the service')
      .option('--detach-keys <keys>', 'keys that end it and leave the container running, such as ctrl-p,ctrl-q')
      .option('--index <number>', 'the container of the service with this number', parseInteger)
      .option('--no-stdin', 'send the container no input')
      .addOption(
        new Option('--sig-proxy', 'pass signals on to the container; =false ends only this command').default(true),
      )
      .action((service: string, flags: AttachFlags) =>
        run(async (session) => (await import('../run/attach.ts')).runAttach(session, service, flags)),
      );
  },
};
