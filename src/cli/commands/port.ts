import type { CommandDefinition } from '../command-definition.ts';
import { parseInteger } from '../root-flags.ts';

/** Flags of `port`. */
export interface PortFlags {
  readonly protocol?: string;
  readonly index?: number;
}

/** `topsail port`: where a port is published. */
export const portCommand: CommandDefinition = {
  name: 'port',
  ignoresSurplus: true,
  define: (command, run) => {
    command
      .description('print the address under which a port of a service is published')
      .argument('<service>', 'the service')
      .argument('<port>', 'the port inside the container')
      .option('--protocol <protocol>', 'tcp or udp (default tcp)')
      .option('--index <number>', 'number of the container, if the service has several', parseInteger)
      .action((service: string, port: string, flags: PortFlags) =>
        run(async (session) => (await import('../run/port.ts')).runPort(session, service, port, flags)),
      );
  },
};
