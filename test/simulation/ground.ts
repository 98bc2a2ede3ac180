/** The portal that a world begins with: the same for all of them, so it is made once and copied. */

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, type Random, seededRandom } from '../../src/clock.ts';
import { createPortal, type Portal, type PortalOptions } from '../../src/portal/index.ts';
import { ask } from './holdings.ts';
import { virtualTime } from './virtual-time.ts';
import type { Limits } from './windows.ts';

export interface Pair {
  readonly from: string;
  readonly to: string;
}

/** Tickets that a search finds by their subject. */
export interface Crowd {
  readonly subject: string;
  readonly ids: readonly string[];
}

/** Records that are there from the beginning. Each contact, pair and crowd is handed out once. */
export interface Ground {
  contact(): string;
  company(): string;
  /** A contact with its company. */
  pair(): Pair;
  crowd(random: Random): Crowd | undefined;
}

interface Laid {
  readonly file: string;
  readonly contacts: readonly string[];
  readonly companies: readonly string[];
  readonly pairs: readonly Pair[];
  readonly crowds: readonly Crowd[];
}

export const START = Date.UTC(2026, 10, 22);
const CONTACTS = 100;
const COMPANIES = 5;
const PAIRS = 25;
/** Less than a batch, and more; a report shows 200 failed rows at most. */
const CROWDS = [12, 30, 190];

/** HubSpot's, of the tiers that are played. */
export const LIMITS = {
  starter: { burst: 100, associations: 100, search: 5 },
  professional: { burst: 190, associations: 150, search: 5 },
} as const satisfies Partial<Record<NonNullable<PortalOptions['tier']>, Limits>>;

let laid: Promise<Laid> | undefined;
let copies = 0;

export interface World {
  readonly portal: Portal;
  readonly ground: Ground;
  /** Forgets its file, once it is closed. */
  remove(): void;
}

export async function openGround(seed: number, tier: keyof typeof LIMITS, clock: Clock): Promise<World> {
  laid ??= layGround();
  const { file, ...records } = await laid;
  copies += 1;
  const copy = `${file}-${copies}`;
  copyFileSync(file, copy);
  const portal = await open(seed, tier, clock, copy);
  return { portal, ground: handOut(records), remove: () => rmSync(copy, { force: true }) };
}

function handOut({ contacts, companies, pairs, crowds }: Omit<Laid, 'file'>): Ground {
  const left = { contacts: [...contacts], pairs: [...pairs], crowds: [...crowds] };
  return {
    contact: () => next(left.contacts),
    company: () => companies[left.contacts.length % companies.length] ?? '',
    pair: () => next(left.pairs),
    crowd: (random) => left.crowds.splice(Math.floor(random.float() * left.crowds.length), 1)[0],
  };
}

function next<T>(list: T[]): T {
  const found = list.pop();
  if (found === undefined) throw new Error('There are not enough records.');
  return found;
}

function open(seed: number, tier: keyof typeof LIMITS, clock: Clock, file: string): Promise<Portal> {
  return createPortal({
    clock,
    random: seededRandom(seed),
    file,
    seed: 'none',
    tier,
    requestLog: 20_000,
    rules: { indexDelayMs: 5_000 },
  });
}

async function layGround(): Promise<Laid> {
  const folder = mkdtempSync(join(tmpdir(), 'simulation-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const time = virtualTime(START - 86_400_000);
  const file = join(folder, 'portal');
  const portal = await open(0, 'professional', time, file);
  const make = async (type: string, properties: readonly Record<string, string>[]) => {
    const ids: string[] = [];
    for (let from = 0; from < properties.length; from += 100) {
      const inputs = properties.slice(from, from + 100).map((each) => ({ properties: each, associations: [] }));
      ids.push(...idsIn(await ask(portal.fetch, 'POST', `/crm/v3/objects/${type}/batch/create`, { inputs })));
    }
    return ids;
  };
  try {
    const people = await make(
      'contacts',
      some(CONTACTS + PAIRS, (n) => ({ email: `g${n}@ground.test` })),
    );
    const companies = await make(
      'companies',
      some(COMPANIES, (n) => ({ domain: `g${n}.test` })),
    );
    const pairs = people.slice(CONTACTS).map((from, n) => ({ from, to: companies[n % COMPANIES] ?? '' }));
    await ask(portal.fetch, 'POST', '/crm/v4/associations/contacts/companies/batch/associate/default', {
      inputs: pairs.map(({ from, to }) => ({ from: { id: from }, to: { id: to } })),
    });
    const crowds: Crowd[] = [];
    for (const size of CROWDS) {
      const subject = `crowd of ${size}`;
      const stage = { hs_pipeline: '0', hs_pipeline_stage: '1' };
      crowds.push({
        subject,
        ids: await make(
          'tickets',
          some(size, () => ({ subject, ...stage })),
        ),
      });
    }
    // Everything is found from the beginning.
    await time.pass(60_000);
    return { file, contacts: people.slice(0, CONTACTS), companies, pairs, crowds };
  } finally {
    portal.close();
    time.close();
  }
}

function some<T>(length: number, of: (n: number) => T): T[] {
  return Array.from({ length }, (_, n) => of(n));
}

function idsIn(answer: unknown): string[] {
  const list: unknown = typeof answer === 'object' && answer !== null && 'results' in answer ? answer.results : [];
  return (Array.isArray(list) ? list : []).map(({ id }: { id: unknown }) => String(id));
}
