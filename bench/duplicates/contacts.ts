/**
 * Made-up contacts in HubSpot's columns with their truth. A world is made first: firms with a switchboard, households
 * with one telephone, people in them. Each contact is then what somebody once noted of a person, and a person who is
 * noted twice is a duplicate. As in HubSpot, no two contacts have the same e-mail address.
 */

import { stringify } from 'csv-stringify/sync';
import { type Random, seededRandom } from '../../src/clock.ts';
import { COLUMNS, type Contact } from './contact.ts';
import * as words from './words.ts';

interface Firm {
  readonly name: string;
  readonly forms: readonly string[];
  readonly domain: string;
  readonly city: string;
  readonly switchboard: string;
}

interface Person {
  readonly number: number;
  readonly given: readonly string[];
  readonly surname: string;
  readonly firm: Firm | undefined;
  readonly city: string;
  readonly home: string;
  readonly mobile: string;
  readonly job: string;
}

type Draft = { -readonly [Name in keyof Contact]: Contact[Name] };

/** How many people are noted once, twice, ... */
const TIMES = [0.84, 0.94, 0.98, 0.995, 1];
/** Records wait among so many others until they come by lot. */
const MIXED = 2_000;
const FIRST_DAY = Date.UTC(2019, 0, 1);
const DAYS = 2_500;
const DAY_MS = 86_400_000;

/** So many contacts, the same for the same seed. Records of one person are not neighbours. */
export function* contacts(count: number, seed: number): Generator<Contact> {
  const world = new World(count, seed);
  // Records wait here until others have come in between.
  const waiting: Draft[] = [];
  let made = 0;
  while (made < count) {
    while (waiting.length < MIXED && made + waiting.length < count) waiting.push(...world.nextPerson());
    for (let left = MIXED / 2; left > 0 && made < count && waiting.length > 0; left--) {
      made += 1;
      yield { ...world.takeOne(waiting), hs_object_id: String(7_000_000 + made) };
    }
  }
}

/** As lines of a CSV file, the header first. */
export function* contactLines(count: number, seed: number): Generator<string> {
  yield stringify([COLUMNS]);
  let gathered: string[][] = [];
  for (const contact of contacts(count, seed)) {
    gathered.push(COLUMNS.map((name) => contact[name]));
    if (gathered.length < 1_000) continue;
    yield stringify(gathered);
    gathered = [];
  }
  yield stringify(gathered);
}

class World {
  readonly #random: Random;
  readonly #firms: readonly Firm[];
  readonly #addresses = new Set<string>();
  #people = 0;
  /** The next person lives with the last one. */
  #household: Person | undefined;

  constructor(count: number, seed: number) {
    this.#random = seededRandom(seed);
    this.#firms = Array.from({ length: Math.max(5, Math.round(count / 12)) }, () => this.#firm());
  }

  /** What was noted of one more person: one record or several. */
  nextPerson(): Draft[] {
    const person = this.#person();
    this.#household = this.#chance(0.05) ? person : undefined;
    const roll = this.#random.float();
    const times = TIMES.findIndex((limit) => roll < limit) + 1;
    return Array.from({ length: times }, (_, time) => (time === 0 ? this.#note(person, []) : this.#noteAgain(person)));
  }

  takeOne(waiting: Draft[]): Draft {
    const at = Math.floor(this.#random.float() * waiting.length);
    const last = waiting.pop();
    const taken = waiting[at] ?? last;
    if (last === undefined || taken === undefined) throw new Error('Nothing waits.');
    if (at < waiting.length) waiting[at] = last;
    return taken;
  }

  #firm(): Firm {
    const stem = `${this.#one(words.FIRM_STEMS)}${this.#one(words.FIRM_MIDDLES)}`;
    const name = `${stem} ${this.#one(words.FIRM_TRADES)}`.trim();
    const suffix = this.#chance(0.6) ? '' : String(Math.floor(this.#random.float() * 99));
    const ending = this.#one(['com', 'com', 'de', 'co.uk', 'io']);
    return {
      name,
      forms: this.#one(words.LEGAL_FORMS),
      domain: `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}${suffix}.${ending}`,
      city: this.#city(),
      switchboard: this.#telephone(),
    };
  }

  #person(): Person {
    this.#people += 1;
    const kin = this.#household;
    return {
      number: this.#people,
      given: this.#common(words.GIVEN),
      surname: kin?.surname ?? this.#surname(),
      firm: this.#chance(0.85) ? this.#common(this.#firms, 1.3) : undefined,
      city: kin?.city ?? this.#city(),
      home: kin?.home ?? this.#telephone(),
      mobile: this.#telephone(),
      job: this.#one(words.JOBS),
    };
  }

  /** @param faults how it differs from what the person is called and does */
  #note(person: Person, faults: readonly string[]): Draft {
    const { given, surname, firm } = person;
    const website = firm !== undefined && this.#chance(0.5) ? firm.domain : '';
    return {
      hs_object_id: '',
      person: String(person.number),
      faults: faults.join(','),
      firstname: given[0] ?? '',
      lastname: surname,
      email: this.#chance(0.75) ? this.#address(person) : '',
      phone: this.#written(this.#number(person)),
      mobilephone: this.#chance(0.25) ? this.#written(person.mobile) : '',
      company: firm !== undefined && this.#chance(0.75) ? this.#firmName(firm) : '',
      website: website !== '' && this.#chance(0.3) ? `https://www.${website}/` : website,
      jobtitle: this.#chance(0.5) ? person.job : '',
      city: this.#chance(0.55) ? (firm?.city ?? person.city) : '',
      createdate: new Date(FIRST_DAY + Math.floor(this.#random.float() * DAYS * DAY_MS)).toISOString(),
    };
  }

  #noteAgain(known: Person): Draft {
    const moved = known.firm !== undefined && this.#chance(0.14);
    const person = moved ? { ...known, firm: this.#common(this.#firms, 1.3), job: this.#one(words.JOBS) } : known;
    const faults = moved ? ['job move'] : [];
    const draft = this.#note(person, faults);
    const spoil = (share: number, name: string, change: () => void) => {
      if (!this.#chance(share)) return;
      change();
      faults.push(name);
    };
    spoil(0.16, 'nickname', () => {
      draft.firstname = this.#one(person.given);
    });
    spoil(0.12, 'typo in surname', () => {
      draft.lastname = this.#mistyped(draft.lastname);
    });
    spoil(0.06, 'typo in first name', () => {
      draft.firstname = this.#mistyped(draft.firstname);
    });
    spoil(0.04, 'initial', () => {
      draft.firstname = `${draft.firstname.slice(0, 1)}.`;
    });
    spoil(0.04, 'swapped', () => {
      [draft.firstname, draft.lastname] = [draft.lastname, draft.firstname];
    });
    spoil(0.03, 'one field', () => {
      [draft.firstname, draft.lastname] = [`${draft.firstname} ${draft.lastname}`, ''];
    });
    spoil(0.03, 'married', () => {
      draft.lastname = this.#surname();
      draft.mobilephone = this.#written(person.mobile);
    });
    spoil(0.08, 'casing', () => {
      draft.firstname = draft.firstname.toUpperCase();
      draft.lastname = this.#chance(0.5) ? draft.lastname.toUpperCase() : draft.lastname.toLowerCase();
    });
    spoil(0.1, 'plain letters', () => {
      draft.firstname = plain(draft.firstname);
      draft.lastname = plain(draft.lastname);
    });
    spoil(0.05, 'no surname', () => {
      draft.lastname = '';
      draft.email ||= this.#address(person);
    });
    draft.faults = faults.join(',');
    return draft;
  }

  /** Half of them are of the few thousand that many bear. */
  #surname(): string {
    const middle = this.#chance(0.5) ? '' : this.#one(words.SURNAME_STEMS).toLowerCase();
    return `${this.#common(words.SURNAME_STEMS)}${middle}${this.#common(words.SURNAME_ENDS)}`;
  }

  #number(person: Person): string {
    const roll = this.#random.float();
    if (roll < 0.35) return '';
    if (roll < 0.6) return person.mobile;
    if (roll < 0.85 && person.firm !== undefined) return person.firm.switchboard;
    return person.home;
  }

  #address({ given: [first = '', ...short], surname, firm }: Person): string {
    const name = plain(this.#chance(0.15) ? (short[0] ?? first) : first).toLowerCase();
    const last = plain(surname).toLowerCase();
    const at = firm === undefined || this.#chance(0.25) ? this.#one(words.FREE_MAIL) : firm.domain;
    const local = this.#one([
      `${name}.${last}`,
      `${name.slice(0, 1)}${last}`,
      `${name}_${last}`,
      name,
      `${last}.${name}`,
    ]);
    let address = `${local}@${at}`;
    while (this.#addresses.has(address)) address = `${local}${Math.floor(this.#random.float() * 1e6)}@${at}`;
    this.#addresses.add(address);
    return address;
  }

  #firmName({ name, forms }: Firm): string {
    const form = this.#one(forms);
    const said = form === '' ? name : `${name} ${form}`;
    return this.#chance(0.05) ? said.toUpperCase() : said;
  }

  #mistyped(text: string): string {
    const at = 1 + Math.floor(this.#random.float() * Math.max(1, text.length - 1));
    const letter = this.#one('aeiorntls'.split(''));
    const kinds = [
      `${text.slice(0, at)}${text.slice(at + 1)}`,
      `${text.slice(0, at)}${letter}${text.slice(at)}`,
      `${text.slice(0, at)}${letter}${text.slice(at + 1)}`,
      `${text.slice(0, at - 1)}${text.slice(at, at + 1)}${text.slice(at - 1, at)}${text.slice(at + 1)}`,
    ];
    return this.#one(kinds);
  }

  #telephone(): string {
    const digits = (count: number) =>
      Array.from({ length: count }, () => Math.floor(this.#random.float() * 10)).join('');
    return `${2 + Math.floor(this.#random.float() * 8)}${digits(2)}${2 + Math.floor(this.#random.float() * 8)}${digits(6)}`;
  }

  #written(number: string): string {
    if (number === '') return '';
    const [area, office, line] = [number.slice(0, 3), number.slice(3, 6), number.slice(6)];
    return this.#one([
      `(${area}) ${office}-${line}`,
      `${area}-${office}-${line}`,
      `+1${number}`,
      `${area}.${office}.${line}`,
      number,
    ]);
  }

  #city(): string {
    return `${this.#one(words.CITY_STEMS)}${this.#one(words.CITY_ENDS)}`;
  }

  #chance(share: number): boolean {
    return this.#random.float() < share;
  }

  #one<T>(among: readonly T[]): T {
    return this.#common(among, 1);
  }

  /** The first ones more often than the last: the higher the power, the more so. */
  #common<T>(among: readonly T[], power = 1.6): T {
    const found = among[Math.floor(this.#random.float() ** power * among.length)];
    if (found === undefined) throw new Error('There is nothing to choose from.');
    return found;
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ø', 'o');
}
