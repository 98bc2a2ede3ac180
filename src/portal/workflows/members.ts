/** Objects that are kept as they came. */

import { type Reader, shape } from '../body.ts';

export type Members = Readonly<Record<string, unknown>>;

const anyObject = shape('java.util.LinkedHashMap<java.lang.String,java.lang.Object>', {});

/** An object with whatever members. */
export const members: Reader<Members> = (value, at) => {
  anyObject(value, at);
  return { ...asMembers(value) };
};

function asMembers(value: unknown): Members {
  return isMembers(value) ? value : {};
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
