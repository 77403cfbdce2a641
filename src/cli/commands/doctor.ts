import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `doctor`. */
export interface DoctorFlags {
  readonly json?: boolean;
}

/** `topsail doctor`: which engine would be used, and what will not work there. */
export const doctorCommand: CommandDefinition = {
  name: 'doctor',
  define: (command, run) => {
    command
      .description('show where an engine was looked for, which one answers, and what will not work there')
      .option('--json', 'as JSON')
      .action((flags: DoctorFlags) =>
        run(async (session) => (await import('../run/doctor.ts')).runDoctor(session, flags)),
      );
  },
};
