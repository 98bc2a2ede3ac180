/** Definitions that change rarely, kept for a few minutes. Callers that ask at once share one request. */

import type { Clock } from '../clock.ts';

export type DefinitionKind = 'properties' | 'groups' | 'pipelines' | 'owners' | 'schemas' | 'labels' | 'account';

/** Gives what is known under a key, or loads it. A failure is not kept. */
export type Cache<T> = (key: string, load: () => Promise<T>) => Promise<T>;

const KEPT_MS = 5 * 60_000;

export interface Caches {
  open<T>(kind: DefinitionKind): Cache<T>;
  /**
   * Forgets whole kinds: one object type has several names. What is being loaded meanwhile is handed to those who wait
   * for it, and not kept.
   */
  drop(...kinds: readonly DefinitionKind[]): void;
}

export function createCaches(clock: Clock): Caches {
  const forget = new Map<DefinitionKind, (() => void)[]>();
  return {
    open<T>(kind: DefinitionKind): Cache<T> {
      const entries = new Map<string, { readonly value: Promise<T>; readonly until: number }>();
      forget.set(kind, [...(forget.get(kind) ?? []), () => entries.clear()]);
      return (key, load) => {
        const known = entries.get(key);
        if (known && clock.elapsed() < known.until) return known.value;
        const entry = { value: load(), until: clock.elapsed() + KEPT_MS };
        entries.set(key, entry);
        entry.value.catch(() => {
          if (entries.get(key) === entry) entries.delete(key);
        });
        return entry.value;
      };
    },
    drop(...kinds) {
      for (const kind of kinds) forget.get(kind)?.forEach((clear) => clear());
    },
  };
}
