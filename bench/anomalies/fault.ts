/** What a fault is, and how one is planted. */

import type { Finding, PastValue } from '../../src/enrich/anomalies/types.ts';
import { dealPipelines, NOW } from './definitions.ts';
import type { Portal } from './portal.ts';
import type { Dice } from './random.ts';

export { DAY, NOW } from './definitions.ts';

/** What a check has to find: records by id, or something that a finding is about. */
export interface Planted {
  readonly ids: readonly string[];
  readonly about: readonly ((finding: Finding) => boolean)[];
}

export type Fault = (portal: Portal, dice: Dice) => Planted;
export type Values = Record<string, string>;
export type Entry = readonly [id: string, values: Values];

/** Fewer than a finding names, so that all can be looked for. */
const PLANTED = 20;

export const records = (ids: readonly string[]): Planted => ({ ids, about: [] });
export const about = (...tests: readonly ((finding: Finding) => boolean)[]): Planted => ({ ids: [], about: tests });

export function all(portal: Portal, objectType: string): Map<string, Values> {
  return portal.records.get(objectType) ?? new Map();
}

export function some(
  portal: Portal,
  dice: Dice,
  objectType: string,
  holds: (values: Values, id: string) => boolean = () => true,
  count = PLANTED,
): Entry[] {
  const fit = [...all(portal, objectType)].filter(([id, values]) => holds(values, id));
  for (let at = fit.length - 1; at > 0; at--) {
    const other = dice.whole(at + 1);
    const one = fit[at];
    const two = fit[other];
    if (one !== undefined && two !== undefined) [fit[at], fit[other]] = [two, one];
  }
  return fit.slice(0, count);
}

/** Changes some records of a type. */
export function change(
  objectType: string,
  to: (values: Values, index: number, id: string) => Values,
  holds?: (values: Values, id: string) => boolean,
  count?: number,
): Fault {
  return (portal, dice) =>
    records(
      some(portal, dice, objectType, holds, count).map(([id, values], index) => {
        Object.assign(values, to(values, index, id));
        return id;
      }),
    );
}

export const iso = (at: number) => new Date(at).toISOString();
export const ago = (values: Values, property: string) => NOW - Date.parse(values[property] ?? '');

const stages = new Map(dealPipelines.flatMap((pipeline) => pipeline.stages.map((stage) => [stage.id, stage])));
export const stageOf = (values: Values) => stages.get(values['dealstage'] ?? '');
export const isOpen = (values: Values) => stageOf(values)?.closed === false;
export const isWon = (values: Values) => stageOf(values)?.probability === 1;
export const isLost = (values: Values) => stageOf(values)?.probability === 0;

export function link(portal: Portal, name: string, from: string, to: readonly string[]): void {
  const links = portal.associations.get(name) ?? new Map<string, readonly string[]>();
  portal.associations.set(name, links);
  links.set(from, to);
}

/** Gives some records another history of one property, from oldest to newest. */
export function past(
  objectType: string,
  property: string,
  moves: (values: Values) => readonly (readonly [value: string, at: number, source?: string])[],
  holds?: (values: Values) => boolean,
): Fault {
  return (portal, dice) =>
    records(
      some(portal, dice, objectType, holds).map(([id, values]) => {
        const kept = (portal.history.get(objectType)?.get(id) ?? []).filter((value) => value.property !== property);
        const made = moves(values).map(
          ([value, at, source = 'CRM_UI 11']): PastValue => ({ property, value, at, source }),
        );
        portal.history.get(objectType)?.set(id, [...made.toReversed(), ...kept]);
        return id;
      }),
    );
}
