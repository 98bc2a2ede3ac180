/** Values in the order in which they are first met. Several features may share one, so that they can be held together. */

import { hashOf } from '../../interned.ts';
import type { Column } from '../../table.ts';

/** Kept as bytes: a million strings, and a map of them, would be most of what a thread holds. */
export class Dictionary {
  #bytes = Buffer.allocUnsafe(1 << 12);
  /** Where each value begins, and where the last one ends. Number 0 is the empty text. */
  #offsets = new Uint32Array(1 << 9);
  #hashes = new Uint32Array(1 << 9);
  /** Open addressing: the number that stands at a hash, 0 where none does. */
  #slots = new Uint32Array(1 << 10);
  #size = 1;

  /** The number of a text; 0 for none. */
  code(text: string): number {
    if (text === '') return 0;
    // It is written behind the others, and stays there if it is not among them.
    const from = this.#offsets[this.#size] ?? 0;
    const to = this.#write(text, from);
    const hash = hashOf(this.#bytes, from, to);
    const last = this.#slots.length - 1;
    let slot = hash & last;
    for (let code = this.#slots[slot] ?? 0; code !== 0; code = this.#slots[slot] ?? 0) {
      if (this.#hashes[code] === hash && this.#isSame(code, from, to)) return code;
      slot = (slot + 1) & last;
    }
    return this.#added(slot, hash, to);
  }

  /** How many there are, the empty text included. */
  get size(): number {
    return this.#size;
  }

  /** The texts, packed. Nothing can be added after. */
  pack(): Column {
    const bytes = new Uint8Array(new SharedArrayBuffer(this.#offsets[this.#size] ?? 0));
    bytes.set(this.#bytes.subarray(0, bytes.length));
    const offsets = new Uint32Array(new SharedArrayBuffer(4 * (this.#size + 1)));
    offsets.set(this.#offsets.subarray(0, offsets.length));
    this.#bytes = Buffer.alloc(0);
    this.#offsets = this.#hashes = this.#slots = new Uint32Array(0);
    return { bytes, offsets };
  }

  #write(text: string, from: number): number {
    const most = from + 3 * text.length;
    if (most > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(most, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, from);
      this.#bytes = larger;
    }
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 127) return from + this.#bytes.write(text, from);
      this.#bytes[from + at] = code;
    }
    return from + text.length;
  }

  #isSame(code: number, from: number, to: number): boolean {
    const begin = this.#offsets[code] ?? 0;
    if ((this.#offsets[code + 1] ?? 0) - begin !== to - from) return false;
    for (let at = from, other = begin; at < to; at++, other++) if (this.#bytes[at] !== this.#bytes[other]) return false;
    return true;
  }

  #added(slot: number, hash: number, to: number): number {
    const code = this.#size++;
    if (this.#size >= this.#offsets.length) {
      this.#offsets = twice(this.#offsets);
      this.#hashes = twice(this.#hashes);
    }
    this.#offsets[this.#size] = to;
    this.#hashes[code] = hash;
    this.#slots[slot] = code;
    if (2 * this.#size > this.#slots.length) this.#spread();
    return code;
  }

  #spread(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    const last = this.#slots.length - 1;
    for (let code = 1; code < this.#size; code++) {
      let slot = (this.#hashes[code] ?? 0) & last;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
      this.#slots[slot] = code;
    }
  }
}

function twice(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(2 * array.length);
  longer.set(array);
  return longer;
}
