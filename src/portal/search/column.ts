/** One property of all records of a type, in memory and typed: what a filter walks over, and a sort compares by. */

/** Numbers, and times in milliseconds since the epoch. */
export interface NumberColumn {
  /** NaN where the record has no value. */
  values: Float64Array;
}

/** Every different text once. Texts are in lower case where the property is compared without case. */
export interface TextColumn {
  /** An index into `texts`; 0 where the record has no value. */
  codes: Int32Array;
  readonly texts: string[];
  readonly codeOf: Map<string, number>;
}

export function numberColumn(): NumberColumn {
  return { values: new Float64Array() };
}

export function textColumn(): TextColumn {
  return { codes: new Int32Array(), texts: [''], codeOf: new Map() };
}

export function setNumber(column: NumberColumn, row: number, value: number): void {
  if (row >= column.values.length) {
    const grown = new Float64Array(Math.max(1_024, row * 2)).fill(Number.NaN);
    grown.set(column.values);
    column.values = grown;
  }
  column.values[row] = value;
}

/** `text` undefined: no value. */
export function setText(column: TextColumn, row: number, text: string | undefined): void {
  if (row >= column.codes.length) {
    const grown = new Int32Array(Math.max(1_024, row * 2));
    grown.set(column.codes);
    column.codes = grown;
  }
  let code = 0;
  if (text !== undefined) {
    code = column.codeOf.get(text) ?? column.texts.length;
    if (code === column.texts.length) {
      column.texts.push(text);
      column.codeOf.set(text, code);
    }
  }
  column.codes[row] = code;
}
