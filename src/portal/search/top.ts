/** The first `count` of many rows in an order, without sorting them all. */
export class Top {
  readonly #count: number;
  readonly #compare: (a: number, b: number) => number;
  #rows: number[] = [];
  #last: number | undefined;

  constructor(count: number, compare: (a: number, b: number) => number) {
    this.#count = count;
    this.#compare = compare;
  }

  add(row: number): void {
    if (this.#last !== undefined && this.#compare(row, this.#last) >= 0) return;
    this.#rows.push(row);
    if (this.#rows.length >= this.#count * 2 + 256) this.#cut();
  }

  /** In order. */
  rows(): number[] {
    this.#cut();
    return this.#rows;
  }

  #cut(): void {
    this.#rows = this.#rows.sort(this.#compare).slice(0, this.#count);
    if (this.#rows.length === this.#count) this.#last = this.#rows.at(-1);
  }
}
