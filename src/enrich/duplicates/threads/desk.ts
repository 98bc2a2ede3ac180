/** The work that threads can share, and what they need to know for it. Each piece gives the same wherever it is done. */

import { type Blocks, blocksOf } from '../block/blocks.ts';
import { candidatesIn, isCandidate, type Stretch } from '../block/candidates.ts';
import type { Comparison } from '../compare/factor.ts';
import type { Feature, Features } from '../features/feature.ts';
import { type Sharing, sharingFrom } from '../features/sharing.ts';
import { columnsOfSubject, matchingOf, type Subject } from '../kinds/kind.ts';
import { compare } from '../model/score.ts';
import { randomPairs } from './random-pairs.ts';

/** What all threads are told as the work goes on. */
export type News =
  | { readonly told: 'features'; readonly features: Features; readonly sharing: Sharing['counts'] }
  | { readonly told: 'blocks'; readonly blocks: readonly Blocks[] };

export type Task =
  | { readonly do: 'read'; readonly reading: number }
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
  readonly blocks?: Blocks;
  readonly compared?: ComparedChunk;
}

export class Desk {
  readonly #subject: Subject;
  #features: Features = new Map();
  #comparison: Comparison | undefined;
  #blocks: readonly Blocks[] = [];

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  hear(news: News): void {
    if (news.told === 'blocks') {
      this.#blocks = news.blocks;
      return;
    }
    this.#features = news.features;
    this.#comparison = matchingOf(this.#subject).comparison(news.features, sharingFrom(news.sharing));
  }

  do(task: Task): Done {
    const { rows } = this.#subject.table;
    const matching = matchingOf(this.#subject);
    switch (task.do) {
      case 'read': {
        const features = matching.readings[task.reading]?.(this.#subject, columnsOfSubject(this.#subject));
        return features === undefined ? {} : { features };
      }
      case 'block': {
        const { rules, divideBy } = matching.blocking(this.#features);
        const rule = rules[task.rule];
        return rule === undefined ? {} : { blocks: blocksOf(rule, divideBy, this.#features, rows) };
      }
      case 'compare':
        return this.#compared((take) => candidatesIn(task.stretch, this.#blocks, take));
      case 'compare random':
        return this.#compared((take) => randomPairs(rows, task.part, take));
      case 'compare listed':
        return this.#compared((take) => {
          for (const [a, b] of task.pairs) if (!isCandidate(this.#blocks, a, b)) take(a, b);
        });
    }
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
