/** A record's values as one piece of bytes: each value's length, then its UTF-8, in the order of the copy's properties. */

const encoder = new TextEncoder();

/** Values that are missing at the end are not stored: properties that join later stand there. */
export function packCells(values: readonly string[]): Uint8Array {
  let last = values.length;
  while (last > 0 && values[last - 1] === '') last--;
  const texts = values.slice(0, last).map((text) => encoder.encode(text));
  const size = texts.reduce((sum, { length }) => sum + length + lengthOfNumber(length), 0);
  const packed = new Uint8Array(size);
  let at = 0;
  for (const text of texts) {
    let rest = text.length;
    for (; rest > 0x7f; rest >>>= 7) packed[at++] = (rest & 0x7f) | 0x80;
    packed[at++] = rest;
    packed.set(text, at);
    at += text.length;
  }
  return packed;
}

function lengthOfNumber(value: number): number {
  let length = 1;
  for (let rest = value; rest > 0x7f; rest >>>= 7) length++;
  return length;
}

/**
 * Where values begin and end in a record's bytes.
 * @param places for each of the copy's properties its place in `spans`, or -1 where nobody wants it
 */
export function cellSpans(packed: Uint8Array, places: Int32Array, spans: Uint32Array): void {
  spans.fill(0);
  let at = 0;
  for (let i = 0; at < packed.length && i < places.length; i++) {
    let length = 0;
    let byte: number;
    let shift = 0;
    do {
      byte = packed[at++] ?? 0;
      length |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte > 0x7f);
    const place = places[i] ?? -1;
    if (place >= 0) {
      spans[2 * place] = at;
      spans[2 * place + 1] = at + length;
    }
    at += length;
  }
}
