/** Definitions that change rarely, kept for a few minutes. Callers that ask at once share one request. */

import type { Clock } from '../clock.ts';

export type DefinitionKind = 'properties' | 'groups' | 'pipelines' | 'owners' | 'schemas' | 'labels' | 'account';

export interface Cache<T> {
  /** Gives what is known under a key, or loads it. A failure is not kept. */
  get(key: string, load: () => Promise<T>): Promise<T>;
  /** What is known already, without waiting: thousands of rows ask for the same definitions. */
  known(key: string): { readonly value: T } | undefined;
}

const KEPT_MS = 5 * 60_000;

export interface Caches {
  open<T>(kind: DefinitionKind): Cache<T>;
  /**
   * Forgets whole kinds: one object type has several names. What is being loaded meanwhile is handed to those who wait
   * for it, and not kept.
   */
  drop(...kinds: readonly DefinitionKind[]): void;
}

interface Entry<T> {
  readonly value: Promise<T>;
  readonly until: number;
  loaded?: { readonly value: T };
}

export function createCaches(clock: Clock): Caches {
  const forget = new Map<DefinitionKind, (() => void)[]>();
  return {
    open<T>(kind: DefinitionKind): Cache<T> {
      const entries = new Map<string, Entry<T>>();
      forget.set(kind, [...(forget.get(kind) ?? []), () => entries.clear()]);
      const current = (key: string) => {
        const known = entries.get(key);
        return known && clock.elapsed() < known.until ? known : undefined;
      };
      return {
        known: (key) => current(key)?.loaded,
        get(key, load) {
          const known = current(key);
          if (known) return known.value;
          const entry: Entry<T> = { value: load(), until: clock.elapsed() + KEPT_MS };
          entries.set(key, entry);
          entry.value.then(
            (value) => {
              entry.loaded = { value };
              return undefined;
            },
            () => {
              if (entries.get(key) === entry) entries.delete(key);
              return undefined;
            },
          );
          return entry.value;
        },
      };
    },
    drop(...kinds) {
      for (const kind of kinds) forget.get(kind)?.forEach((clear) => clear());
    },
  };
}
