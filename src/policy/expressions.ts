/** Regular expressions of a policy, in time linear in the value: RE2 has nothing that could take longer. */

import { RE2JS } from 're2js';
import type { Matcher } from './formats.ts';

/** @throws when RE2 does not take the expression, with its words */
export function compile(pattern: string): Matcher {
  const compiled = RE2JS.compile(pattern);
  return (text) => compiled.matches(text);
}
