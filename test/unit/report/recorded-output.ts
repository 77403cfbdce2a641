import type { TextOutput } from '../../../src/report/text-output.ts';

/** An output that keeps what is written. */
export class RecordedOutput implements TextOutput {
  text = '';
  readonly columns: number | undefined;
  readonly rows: number | undefined;

  constructor(columns?: number, rows?: number) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): void {
    this.text += text;
  }

  get lines(): readonly string[] {
    return this.text.split('\n').slice(0, -1);
  }
}
