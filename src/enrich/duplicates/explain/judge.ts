/** From compared rows to a verdict, and the reasons for it: the same code makes both. */

import { type Column, compareAt, type Table, textAt } from '../../table.ts';
import { bandOf } from '../cluster/clusters.ts';
import type { Lifted } from '../cluster/lift.ts';
import type { Comparison } from '../compare/factor.ts';
import { type Calibration, calibrated, logOddsOf, probabilityFrom } from '../model/calibrate.ts';
import type { Opinions } from '../model/opinions.ts';
import type { Parameters } from '../model/parameters.ts';
import { compare, rowsWith, Scores } from '../model/score.ts';
import type { Evidence, Explanation, Pair } from '../types.ts';

/** What opinions alone cannot reach. */
const opinionsUpTo = 0.985;

interface Verdict {
  /** Prior, factors and opinions. */
  readonly bits: number;
  /** Calibrated, and not above what a gate lets pass. */
  readonly logOdds: number;
  readonly gated?: string;
}

export class Judge {
  readonly calibration: Calibration;
  readonly #comparison: Comparison;
  readonly #scores: Scores;
  readonly #opinions: Opinions;
  readonly #rows: number;
  readonly #ids: Column;
  #lifted: ReadonlyMap<number, Lifted> = new Map();

  constructor(table: Table, comparison: Comparison, parameters: Parameters, opinions: Opinions) {
    const { rows, ids } = table;
    this.#rows = rows;
    this.#ids = ids;
    this.#comparison = comparison;
    this.#scores = new Scores(comparison.factors, parameters, rows);
    this.#opinions = opinions;
    this.calibration = calibrated(
      opinions.judged.map(({ a, b, same }) => {
        const { levels, holders } = this.#compared(a, b);
        const { gate } = comparison;
        const decided = gate.veto(a, b) !== undefined || gate.most(a, b, levels) !== undefined;
        return { same, bits: this.#scores.sum(levels, holders), decided };
      }),
    );
  }

  /**
   * @param nth where the pair stands among the levels
   * @returns undefined where it is less probable than that
   */
  pair(a: number, b: number, levels: Uint8Array, holders: Uint8Array, nth: number, from: number): Pair | undefined {
    const width = this.#comparison.factors.length;
    const sum = this.#scores.sum(levels, holders, nth * width);
    const opinion = this.#opinions.of(a, b);
    if (opinion === undefined && this.#line(sum) < logOddsOf(from)) return undefined;
    const { bits, logOdds } = this.#verdict(a, b, levels.subarray(nth * width, (nth + 1) * width), sum);
    const probability = probabilityFrom(logOdds);
    if (probability < from) return undefined;
    const veto = this.#veto(a, b);
    return { a, b, bits, probability, ...(veto === undefined ? {} : { veto }) };
  }

  /** What the records by themselves make probable, and what a gate lets them have at most. */
  ask(a: number, b: number): { readonly probability: number; readonly most: number; readonly vetoed: boolean } {
    const { levels, holders } = this.#compared(a, b);
    const most = this.#most(a, b, levels)?.probability ?? 1;
    const { logOdds } = this.#verdict(a, b, levels, this.#scores.sum(levels, holders));
    return { probability: probabilityFrom(logOdds), most, vetoed: this.#veto(a, b) !== undefined };
  }

  /** Pairs that must not be in one cluster, however little speaks for them. */
  get apart(): readonly (readonly [a: number, b: number])[] {
    return this.#opinions.apart;
  }

  /** Rows by their ids: those stay whatever order a portal gives its records in. */
  order(a: number, b: number): number {
    return compareAt(this.#ids, a, b);
  }

  /** What pairs gain by the clusters that they are in. */
  lift(by: ReadonlyMap<number, Lifted>): void {
    this.#lifted = by;
  }

  /** The pairs with what they gain by their clusters, and those that only their cluster shows. By row. */
  withLifted(pairs: readonly Pair[], from: number): readonly Pair[] {
    const left = new Map(this.#lifted);
    const all = pairs.map((pair) => {
      const key = pair.a * this.#rows + pair.b;
      const gain = left.get(key);
      left.delete(key);
      return gain === undefined ? pair : { ...pair, probability: gain.probability };
    });
    for (const [key, { probability }] of left) {
      const [a, b] = [Math.floor(key / this.#rows), key % this.#rows];
      const { levels, holders } = this.#compared(a, b);
      if (probability >= from)
        all.push({ a, b, bits: this.#scores.sum(levels, holders) + (this.#opinions.of(a, b)?.bits ?? 0), probability });
    }
    return all.sort((x, y) => x.a - y.a || x.b - y.b);
  }

  explain(one: number, two: number): Explanation {
    const [a, b] = one < two ? [one, two] : [two, one];
    if (!(a >= 0 && b < this.#rows && a !== b)) throw new RangeError(`The table has no two rows ${one} and ${two}.`);
    const { levels, holders } = this.#compared(a, b);
    const evidence = this.#evidence(a, b, levels, holders);
    const { bits, logOdds, gated } = this.#verdict(a, b, levels, this.#scores.sum(levels, holders));
    const waterfall: Evidence[] = [
      { field: 'prior', level: 'any two records', bits: this.#scores.prior },
      ...evidence,
      ...(this.#opinions.of(a, b)?.evidence ?? []),
    ];
    const free = this.#line(bits);
    waterfall.push({
      field: 'calibration',
      level: this.calibration.method === 'platt' ? `from ${this.calibration.judgements} judgements` : 'as shipped',
      bits: free - bits,
    });
    if (gated !== undefined) waterfall.push({ field: 'gate', level: gated, bits: logOdds - free });
    const gain = this.#lifted.get(a * this.#rows + b);
    if (gain !== undefined) {
      const over = gain.over.map((row) => textAt(this.#ids, row)).join(', ');
      waterfall.push({
        field: 'cluster',
        level: `both are the same as ${over}`,
        bits: logOddsOf(gain.probability) - logOdds,
      });
    }
    const probability = gain?.probability ?? probabilityFrom(logOdds);
    const veto = this.#veto(a, b);
    const spoken = waterfall.filter(
      ({ field, bits: each }) => field !== 'prior' && field !== 'calibration' && Math.abs(each) >= 0.1,
    );
    const strongest = [...spoken].sort((x, y) => Math.abs(y.bits) - Math.abs(x.bits));
    const speaking = strongest.filter(({ bits: each }) => each > 0);
    return {
      probability,
      ...(probability >= 0.5 && veto === undefined ? { band: bandOf(probability) } : {}),
      waterfall,
      for: speaking.map(inWords),
      forInShort: speaking.map(inShort),
      against: [...(veto === undefined ? [] : [veto]), ...strongest.filter(({ bits: each }) => each < 0).map(inWords)],
      ...(veto === undefined ? {} : { veto }),
    };
  }

  #verdict(a: number, b: number, levels: Uint8Array, sum: number): Verdict {
    const opinion = this.#opinions.of(a, b);
    const bits = sum + (opinion?.bits ?? 0);
    let logOdds = this.#line(bits);
    let gated: string | undefined;
    const lower = (probability: number, why: string) => {
      if (logOdds <= logOddsOf(probability)) return;
      logOdds = logOddsOf(probability);
      gated = why;
    };
    const most = this.#most(a, b, levels);
    if (most !== undefined) lower(most.probability, most.why);
    // What models and other sources say may lift what the records say, but the last step to certainty is theirs.
    if (opinion !== undefined && opinion.person === undefined && opinion.bits > 0) {
      const own = probabilityFrom(this.#line(sum));
      if (bandOf(own) !== 'certain')
        lower(Math.max(opinionsUpTo, own), 'What was said of the two alone is not enough.');
    }
    return { bits, logOdds, ...(gated === undefined ? {} : { gated }) };
  }

  #veto(a: number, b: number): string | undefined {
    return (
      this.#comparison.gate.veto(a, b) ??
      (this.#opinions.of(a, b)?.person === 'different' ? 'A person said that they are two.' : undefined)
    );
  }

  /** A gate is for what the records leave open; a person's word closes it. */
  #most(a: number, b: number, levels: Uint8Array): ReturnType<Comparison['gate']['most']> {
    return this.#opinions.of(a, b)?.person === 'same' ? undefined : this.#comparison.gate.most(a, b, levels);
  }

  #evidence(a: number, b: number, levels: Uint8Array, holders: Uint8Array): readonly Evidence[] {
    return this.#comparison.factors.map((factor, place) => {
      const found = levels[place] ?? 0;
      const common = holders[place] ?? 0;
      const [x, y] = [factor.shown(a), factor.shown(b)];
      return {
        field: factor.field,
        level: factor.levels[found]?.words ?? 'missing',
        ...(x === '' ? {} : { a: x }),
        ...(y === '' ? {} : { b: y }),
        bits: this.#scores.of(place, found, common),
        ...(common === 0 ? {} : { rarity: rarityOf(rowsWith(common), this.#rows) }),
      };
    });
  }

  #compared(a: number, b: number): { readonly levels: Uint8Array; readonly holders: Uint8Array } {
    const width = this.#comparison.factors.length;
    const into = { levels: new Uint8Array(width), holders: new Uint8Array(width) };
    compare(this.#comparison, a, b, into);
    return into;
  }

  #line(bits: number): number {
    return this.calibration.slope * bits + this.calibration.offset;
  }
}

function rarityOf(holders: number, rows: number): string {
  const share = (100 * holders) / rows;
  return share >= 0.1 ? `${share.toFixed(1)} % of records` : `${Math.round(holders)} of ${rows} records`;
}

function inWords(evidence: Evidence): string {
  const { a, b } = evidence;
  const values = a === undefined || b === undefined ? '' : a === b ? ` (${a})` : ` (${a} / ${b})`;
  return `${inShort(evidence)}${speaksForItself(evidence) ? '' : values}`;
}

function inShort(evidence: Evidence): string {
  return speaksForItself(evidence) ? evidence.level : `${evidence.field}: ${evidence.level}`;
}

function speaksForItself({ field }: Evidence): boolean {
  return field === 'judgement' || field === 'proposed' || field === 'gate' || field === 'cluster';
}
