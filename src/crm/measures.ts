/** Counting and adding up, one record at a time. */

import type { Property } from '../hubspot/index.ts';
import type { PropertyIndex } from './types.ts';
import { UserError } from './user-error.ts';
import { requireComparable } from './values.ts';
import { quote } from './words.ts';

const functions = ['count', 'sum', 'avg', 'min', 'max'] as const;

export interface Measure {
  readonly name: string;
  readonly of: (typeof functions)[number];
  /** Absent for `count`. */
  readonly property?: Property;
}

/** @param said `count`, or a function and a property: `sum:amount` */
export function parseMeasure(said: string, index: PropertyIndex): Measure {
  const [word = '', ...rest] = said.split(':');
  const of = functions.find((name) => name === word.trim().toLowerCase());
  const name = rest.join(':').trim();
  if (of === undefined || (of === 'count') !== (name === '')) {
    throw new UserError(
      'invalid_metric',
      `${quote(said)} is no metric. Write count, or sum:, avg:, min: or max: and a property, such as sum:amount.`,
    );
  }
  if (of === 'count') return { name: 'count', of };
  const property = index.get(name);
  requireComparable(property);
  const dated = property.type === 'date' || property.type === 'datetime';
  if (property.type !== 'number' && !(dated && (of === 'min' || of === 'max'))) {
    throw new UserError(
      'invalid_metric',
      `${property.name} is of type ${property.type}; ${of} takes a number${of === 'min' || of === 'max' ? ' or a date' : ''}.`,
      {
        property: property.name,
      },
    );
  }
  return { name: `${of}:${property.name}`, of, property };
}

export interface Tally {
  add(stored: Readonly<Record<string, string | null>>): void;
  result(): number | string | null;
}

export function openTally({ of, property }: Measure): Tally {
  if (property === undefined) return counting();
  const { name } = property;
  return property.type === 'number' ? ofNumbers(of, name) : ofDates(of, name);
}

function counting(): Tally {
  let count = 0;
  return { add: () => void (count += 1), result: () => count };
}

/** Records without a value do not count, in an average either; of none there is no sum. */
function ofNumbers(of: Measure['of'], name: string): Tally {
  let count = 0;
  let sum = 0;
  // What rounding lost, so that a million cents add up (Neumaier).
  let lost = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  return {
    add(stored) {
      const value = Number.parseFloat(stored[name] ?? '');
      if (!Number.isFinite(value)) return;
      count += 1;
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
      least = Math.min(least, value);
      most = Math.max(most, value);
    },
    result() {
      if (count === 0) return null;
      if (of === 'sum') return rounded(sum + lost);
      return of === 'avg' ? rounded((sum + lost) / count) : of === 'min' ? least : most;
    },
  };
}

/** HubSpot's dates and instants compare as texts. */
function ofDates(of: Measure['of'], name: string): Tally {
  let found: string | null = null;
  return {
    add(stored) {
      const value = stored[name];
      if (value && (found === null || (of === 'min' ? value < found : value > found))) found = value;
    },
    result: () => found,
  };
}

/** To fifteen digits, which is what a double holds for sure. */
const rounded = (value: number) => Number(value.toPrecision(15));
