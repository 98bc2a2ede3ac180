/** Reading `limit` and `after`, and the links to the next page. */

import { invalid } from './errors.ts';
import { originOf } from './origin.ts';
import type { Call } from './route.ts';

/** Guess: a limit beyond the maximum is refused, not cut, and the words. @throws PortalError 400 */
export function readLimit(call: Call, standard: number, max: number): number {
  const said = call.query.get('limit');
  if (said === null || said === '') return standard;
  const limit = Number(said);
  if (!/^\d{1,9}$/.test(said) || limit < 1 || limit > max) {
    throw invalid(`Invalid limit ${said}: it must be a whole number from 1 to ${max}`);
  }
  return limit;
}

/**
 * Where a list goes on: the id that its page starts with, or its position; 0 for the first.
 * Guess: the words for what is no id. @throws PortalError 400
 */
export function readStart(call: Call): number {
  const after = call.query.get('after') ?? '';
  if (!/^\d{0,15}$/.test(after)) throw invalid(`Invalid after ${after}: it is no cursor of this list`);
  return Number(after);
}

/** A boolean query parameter. Guess: anything but `true` is false. */
export function readFlag(call: Call, name: string): boolean {
  return call.query.get(name)?.toLowerCase() === 'true';
}

/** A list given as `a,b`, as repeated parameters, or both. */
export function readNames(call: Call, name: string): string[] {
  const names = call.query.getAll(name).flatMap((value) => value.split(','));
  return [...new Set(names.map((value) => value.trim()).filter((value) => value !== ''))];
}

export interface Paging {
  readonly next: { readonly after: string; readonly link: string };
}

/** The `paging` member of a page that has a next one. */
export function nextPage(call: Call, path: string, after: string): Paging {
  const query = new URLSearchParams(call.query);
  query.set('after', after);
  return { next: { after, link: `${originOf(call)}${path}?${query.toString()}` } };
}
