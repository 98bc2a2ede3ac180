/**
 * How an entry stands in a log: one line that says how long it is, how much of the file was known to be on the disk when
 * it was written, and a checksum over all of it. `sum length synced json`, the numbers in hexadecimal.
 */

import { hash } from 'node:crypto';

export interface Frame {
  readonly offset: number;
  /** Of the whole frame, in bytes. */
  readonly length: number;
  /** So many bytes of this file were on the disk when the frame was written. */
  readonly synced: number;
  readonly json: string;
}

export interface Decoded {
  readonly frames: readonly Frame[];
  /** Where bytes that are no frame have a frame after them. */
  readonly garbled: readonly number[];
  /** What has been understood; the rest is torn, or not written to its end yet. */
  readonly used: number;
}

const HEADER = 16 + 1 + 8 + 1 + 12 + 1;
const NEWLINE = 10;

const SUM = 16;

function sumOf(summed: Uint8Array): string {
  return hash('sha256', summed, 'hex').slice(0, SUM);
}

export function encodeFrame(json: string, synced: number): Buffer {
  const length = HEADER + Buffer.byteLength(json) + 1;
  const numbers = `${length.toString(16).padStart(8, '0')} ${synced.toString(16).padStart(12, '0')}`;
  const summed = Buffer.from(`${numbers} ${json}`);
  return Buffer.concat([Buffer.from(`${sumOf(summed)} `), summed, Buffer.from('\n')]);
}

/** @param start the offset in the file at which the bytes begin */
export function decodeFrames(bytes: Uint8Array, start = 0): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  const garbled: number[] = [];
  let at = 0;
  for (;;) {
    const found = frameAt(buffer, at) ?? frameAfter(buffer, at);
    if (found === undefined) break;
    if (found.offset > at) garbled.push(start + at);
    frames.push({ ...found, offset: start + found.offset });
    at = found.offset + found.length;
  }
  return { frames, garbled, used: at };
}

/** The next frame that begins after an end of a line: what was damaged costs no more than itself. */
function frameAfter(buffer: Buffer, at: number): Frame | undefined {
  for (let end = buffer.indexOf(NEWLINE, at); end !== -1; end = buffer.indexOf(NEWLINE, end + 1)) {
    const found = frameAt(buffer, end + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function frameAt(buffer: Buffer, at: number): Frame | undefined {
  const header = buffer.toString('latin1', at, at + HEADER);
  if (!/^[0-9a-f]{16} [0-9a-f]{8} [0-9a-f]{12} $/.test(header)) return undefined;
  const length = Number.parseInt(header.slice(17, 25), 16);
  if (length <= HEADER || at + length > buffer.length) return undefined;
  if (sumOf(buffer.subarray(at + SUM + 1, at + length - 1)) !== header.slice(0, SUM)) return undefined;
  const json = buffer.toString('utf8', at + HEADER, at + length - 1);
  return { offset: at, length, synced: Number.parseInt(header.slice(26, 38), 16), json };
}
