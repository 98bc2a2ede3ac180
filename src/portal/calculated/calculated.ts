/** What a calculation is: one family of calculated properties, one file each in this folder, listed in calculations.ts. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';

/** A record's values, system ones included. */
export interface Values {
  readonly id: string;
  readonly value: (property: string) => string | undefined;
  /** Undefined where there is none or it is no number. */
  readonly number: (property: string) => number | undefined;
  /** Milliseconds since the epoch of a date or time. */
  readonly time: (property: string) => number | undefined;
}

/** An earlier or the present value of a property, and since when. */
export interface Since {
  /** Empty: it was cleared. */
  readonly value: string;
  readonly at: number;
}

/** The record that is calculated for. Its values are those calculated so far. */
export interface Subject extends Values {
  readonly store: Store;
  readonly type: ObjectTypeFacts;
  /** The time of the calculation in milliseconds since the epoch. */
  readonly now: number;
  /** Records of a type that it is linked with, archived ones left out. */
  readonly linked: (typeId: string) => readonly Values[];
  /** How many those are. Unlike `linked`, this and the next two read none of them, however many there are. */
  readonly count: (typeId: string) => number;
  /** When the first of those was created, in milliseconds since the epoch. */
  readonly firstCreated: (typeId: string) => number | undefined;
  /** How many of those have each value of a property; see ../store/linked-records.ts for which can be asked about. */
  readonly tally: (typeId: string, property: string) => ReadonlyMap<string, number>;
  /** The id of its primary record of a type. */
  readonly primary: (typeId: string) => string | undefined;
  /** Records of a type that it is linked with under one association type of HubSpot's. */
  readonly linkedAs: (typeId: string, associationTypeId: number) => readonly string[];
  /** Oldest first. */
  readonly history: (property: string) => readonly Since[];
}

/** Values by property; undefined: none. */
export type Calculated = Readonly<Record<string, string | undefined>>;

export interface Calculation {
  /** Whether records of this type have it. */
  appliesTo(type: ObjectTypeFacts): boolean;
  /**
   * The properties of linked records that go into it, by their type: it is made again when one of these changed. Others
   * cannot be read; those that every record has and that never change need not be named.
   */
  readonly reads?: Readonly<Record<string, readonly string[]>>;
  /** The values as they should be now. Called after the record, its links, or what it `reads` changed. */
  calculate(subject: Subject): Calculated;
}

/** For calculations of a few types. */
export function on(...typeIds: readonly string[]): Calculation['appliesTo'] {
  return (type) => typeIds.includes(type.id);
}
