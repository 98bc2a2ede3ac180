/** The work that threads can share, and what they need to know for it. Each piece gives the same wherever it is done. */

import { type Blocks, blocksOf } from '../block/blocks.ts';
import { candidatesIn, type Stretch } from '../block/candidates.ts';
import { KeyReader } from '../block/keys.ts';
import { meetIn, type RowKeys } from '../block/row-keys.ts';
import type { Comparison } from '../compare/factor.ts';
import type { Feature, Features } from '../features/feature.ts';
import { type Sharing, sharingFrom } from '../features/sharing.ts';
import { columnsOfSubject, type Matching, matchingOf, type Subject } from '../kinds/kind.ts';
import { compare } from '../model/score.ts';
import { randomPairs } from './random-pairs.ts';

/** What all threads are told as the work goes on. */
export type News =
  | { readonly told: 'features'; readonly features: Features; readonly keys: RowKeys }
  | { readonly told: 'blocks'; readonly blocks: readonly Blocks[]; readonly sharing: Sharing['counts'] };

export type Task =
  | { readonly do: 'read'; readonly reading: number }
  | { readonly do: 'count sharing' }
  | { readonly do: 'block'; readonly rule: number }
  | { readonly do: 'compare'; readonly stretch: Stretch }
  | { readonly do: 'compare random'; readonly part: number }
  | { readonly do: 'compare listed'; readonly pairs: readonly (readonly [number, number])[] };

/** Compared pairs: one byte of level and one of how common it is for each factor of each pair. */
export interface ComparedChunk {
  readonly size: number;
  readonly a: Uint32Array<ArrayBuffer>;
  readonly b: Uint32Array<ArrayBuffer>;
  readonly levels: Uint8Array<ArrayBuffer>;
  readonly holders: Uint8Array<ArrayBuffer>;
}

export interface Done {
  readonly features?: ReadonlyMap<string, Feature>;
  readonly sharing?: Sharing['counts'];
  readonly blocks?: Blocks;
  readonly compared?: ComparedChunk;
}

/** What is known of the rows as the work goes on. */
interface Known {
  readonly features: Features;
  readonly keys: RowKeys;
  readonly reader: KeyReader;
}

export class Desk {
  readonly #subject: Subject;
  readonly #matching: Matching;
  #known: Known | undefined;
  #comparison: Comparison | undefined;
  #blocks: readonly Blocks[] = [];

  constructor(subject: Subject) {
    this.#subject = subject;
    this.#matching = matchingOf(subject);
  }

  hear(news: News): void {
    if (news.told === 'features') {
      const { features, keys } = news;
      this.#known = { features, keys, reader: new KeyReader(features, this.#subject.table.rows) };
      return;
    }
    const { features, keys } = this.#rows;
    // What keys were made of is not needed any more.
    this.#known = { features, keys, reader: new KeyReader(features, this.#subject.table.rows) };
    this.#blocks = news.blocks;
    this.#comparison = this.#matching.comparison(features, sharingFrom(news.sharing));
  }

  do(task: Task): Done {
    const { rows } = this.#subject.table;
    switch (task.do) {
      case 'read': {
        const features = this.#matching.readings[task.reading]?.(this.#subject, columnsOfSubject(this.#subject));
        return features === undefined ? {} : { features };
      }
      case 'count sharing':
        return { sharing: this.#matching.sharing(this.#rows.features).counts };
      case 'block': {
        const { features, keys, reader } = this.#rows;
        return { blocks: blocksOf(this.#matching.blocking(features), task.rule, reader, keys) };
      }
      case 'compare': {
        const blocks = this.#blocks[task.stretch.rule];
        if (blocks === undefined) throw new Error('Rows are compared before they are grouped.');
        return this.#compared((take) => candidatesIn(task.stretch, blocks, this.#rows.keys, take));
      }
      case 'compare random':
        return this.#compared((take) => randomPairs(rows, task.part, take));
      case 'compare listed':
        return this.#compared((take) => {
          const { keys } = this.#rows;
          for (const [a, b] of task.pairs) if (!meetIn(keys, this.#blocks.length, a, b)) take(a, b);
        });
    }
  }

  get #rows(): Known {
    if (this.#known === undefined) throw new Error('Rows are grouped before their features are known.');
    return this.#known;
  }

  #compared(propose: (take: (a: number, b: number) => void) => void): Done {
    const comparison = this.#comparison;
    if (comparison === undefined) throw new Error('Rows are compared before their features are known.');
    const width = comparison.factors.length;
    const one = { levels: new Uint8Array(width), holders: new Uint8Array(width) };
    let room = 1024;
    let a = new Uint32Array(room);
    let b = new Uint32Array(room);
    let levels = new Uint8Array(room * width);
    let holders = new Uint8Array(room * width);
    let size = 0;
    propose((x, y) => {
      if (size === room) {
        room *= 2;
        [a, b] = [larger(a, new Uint32Array(room)), larger(b, new Uint32Array(room))];
        [levels, holders] = [
          larger(levels, new Uint8Array(room * width)),
          larger(holders, new Uint8Array(room * width)),
        ];
      }
      one.levels.fill(0);
      compare(comparison, x, y, one);
      a[size] = x;
      b[size] = y;
      levels.set(one.levels, size * width);
      holders.set(one.holders, size * width);
      size++;
    });
    return {
      compared: {
        size,
        a: a.slice(0, size),
        b: b.slice(0, size),
        levels: levels.slice(0, size * width),
        holders: holders.slice(0, size * width),
      },
    };
  }
}

function larger<A extends Uint32Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
