/** Puts a colour or weight around a text. */
export type Paint = (text: string) => string;

/** The colours a report uses. */
export interface Painter {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
  readonly magenta: Paint;
  readonly cyan: Paint;
}

const plain: Paint = (text) => text;

function sequence(open: string, close: string): Paint {
  return (text) => (text === '' ? text : `\u001b[${open}m${text}\u001b[${close}m`);
}

/** Colours as ANSI sequences, or texts left alone. Whether to colour is the caller's decision. */
export function createPainter(coloured: boolean): Painter {
  const paint = (open: string, close = '39'): Paint => (coloured ? sequence(open, close) : plain);
  return {
    bold: paint('1', '22'),
    dim: paint('2', '22'),
    red: paint('31'),
    green: paint('32'),
    yellow: paint('33'),
    blue: paint('34'),
    magenta: paint('35'),
    cyan: paint('36'),
  };
}
