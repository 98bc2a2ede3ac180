import * as z from 'zod';
import type { Json } from '../journal/journal.ts';

export const json: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(json).readonly(),
    z.record(z.string(), json).readonly(),
  ]),
);

export const jsonObject = z.record(z.string(), json).readonly();

/** The value as it comes back from the journal: plain, and without what is undefined. */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object') return null;
  return toJsonObject(value);
}

export function toJsonObject(value: object): Readonly<Record<string, Json>> {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, toJson(inner)]));
}

/** A member of an object; undefined of anything else. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return found === undefined ? undefined : toJson(found);
}
