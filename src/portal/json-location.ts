/** Where something stands in a JSON text, for error messages only: it reads the text again, slowly. */

export type Path = readonly (string | number)[];

export interface Location {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Where the value at `path` starts or, with `edge`, its last character; or the first character that is no JSON. */
export function locate(text: string, path: Path | 'error', edge: 'start' | 'end' = 'start'): Location {
  const scan = new Scan(text, path === 'error' ? undefined : path, edge);
  try {
    scan.value([]);
    scan.space();
    return at(text, scan.found ?? (path === 'error' ? scan.offset : 0));
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return at(text, scan.found ?? scan.offset);
  }
}

function at(text: string, offset: number): Location {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

class Stop extends Error {}

/** Walks a JSON text from value to value; stops at the wanted one, or where the text is wrong. */
class Scan {
  offset = 0;
  found: number | undefined;
  readonly #text: string;
  readonly #wanted: Path | undefined;
  readonly #edge: 'start' | 'end';

  constructor(text: string, wanted: Path | undefined, edge: 'start' | 'end') {
    this.#text = text;
    this.#wanted = wanted;
    this.#edge = edge;
  }

  space(): void {
    while (/\s/.test(this.#text[this.offset] ?? '')) this.offset++;
  }

  value(path: Path): void {
    this.space();
    const wanted = this.#wanted?.length === path.length && this.#wanted.every((step, i) => step === path[i]);
    if (wanted && this.#edge === 'start') {
      this.found = this.offset;
      throw new Stop();
    }
    // Deeper than any body that HubSpot knows; the parser has already given up there.
    if (path.length > 500) throw new Stop();
    const next = this.#text[this.offset];
    if (next === '{') this.#object(path);
    else if (next === '[') this.#array(path);
    else if (next === '"') this.#string();
    else this.#match(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y);
    if (wanted) {
      this.found = this.offset - 1;
      throw new Stop();
    }
  }

  #object(path: Path): void {
    this.offset++;
    this.space();
    if (this.#skip('}')) return;
    do {
      this.space();
      const name = this.#string();
      this.space();
      if (!this.#skip(':')) throw new Stop();
      this.value([...path, name]);
      this.space();
    } while (this.#skip(','));
    if (!this.#skip('}')) throw new Stop();
  }

  #array(path: Path): void {
    this.offset++;
    this.space();
    if (this.#skip(']')) return;
    let i = 0;
    do {
      this.value([...path, i++]);
      this.space();
    } while (this.#skip(','));
    if (!this.#skip(']')) throw new Stop();
  }

  #string(): string {
    // Control characters must be escaped in JSON.
    const raw = this.#match(/"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy);
    const name: unknown = JSON.parse(raw);
    return String(name);
  }

  #skip(character: string): boolean {
    if (this.#text[this.offset] !== character) return false;
    this.offset++;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw new Stop();
    this.offset += found.length;
    return found;
  }
}
