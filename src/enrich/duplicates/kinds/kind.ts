/** What the matcher does for a kind of record. */

import type { Table } from '../../table.ts';
import type { Blocking } from '../block/blocks.ts';
import type { Comparison } from '../compare/factor.ts';
import type { Feature, Features } from '../features/feature.ts';
import { nameFeatures } from '../features/names.ts';
import { organisationFeatures, parentFeatures } from '../features/organisations.ts';
import { factFeatures, identityFeatures, placeFeatures } from '../features/place.ts';
import { domainFeatures, mailFeatures, phoneFeatures } from '../features/reach.ts';
import { type Sharing, sharingFrom, sharingOf, tellingPeople, tellingSites } from '../features/sharing.ts';
import { sourceFeatures } from '../features/source.ts';
import { tellingColumns, textFeatures } from '../features/text.ts';
import type { Kind } from '../types.ts';
import { type Columns, columnsByRole, knownColumns } from './columns.ts';
import { columnsBlocking, columnsComparison } from './columns-matching.ts';
import { contents, type Needing } from './needs.ts';
import { organisationBlocking, organisationComparison } from './organisation.ts';
import { personBlocking, personComparison } from './person.ts';
import { isSerial } from './serials.ts';

/** What the matcher is asked to do, for whichever thread does it. */
export interface Subject {
  readonly table: Table;
  readonly kind: Kind;
  readonly keys: readonly string[];
  readonly country: string;
}

/** Features that are read together; each of these can be read by a thread of its own. */
export type Reading = (subject: Subject, columns: Columns) => Map<string, Feature>;

export interface Matching {
  readonly readings: readonly Reading[];
  /** How many hold one number, address or domain. */
  sharing(features: Features): Sharing;
  blocking(features: Features): Blocking;
  comparison(features: Features, sharing: Sharing): Comparison;
}

const person: Matching = {
  readings: [
    ({ table }, columns) => mailFeatures(table, columns),
    ({ table, country }, columns) => phoneFeatures(table, columns, country),
    ({ table }, columns) => nameFeatures(table, columns),
    ({ table }, columns) => placeFeatures(table, columns),
    ({ table, keys }, columns) =>
      new Map([
        ...identityFeatures(table, columns),
        ...sourceFeatures(table, columns),
        ...factFeatures(table, [...columns.of('fact'), ...keys]),
      ]),
  ],
  sharing: (features) => sharingOf(features, ['phone', 'email'], tellingPeople(features)),
  blocking: () => personBlocking,
  comparison: personComparison,
};

const organisation: Matching = {
  readings: [
    ({ table }, columns) => organisationFeatures(table, columns),
    ({ table, country }, columns) => phoneFeatures(table, columns, country),
    ({ table }, columns) => placeFeatures(table, columns),
    ({ table, keys }, columns) =>
      new Map([
        ...domainFeatures(table, columns),
        ...identityFeatures(table, columns),
        ...sourceFeatures(table, columns),
        ...parentFeatures(table, columns),
        ...factFeatures(table, [...columns.of('fact'), ...keys]),
      ]),
  ],
  sharing: (features) => sharingOf(features, ['phone', 'domain'], tellingSites(features)),
  blocking: () => organisationBlocking,
  comparison: organisationComparison,
};

/** Columns by what they hold. */
function columnwise(needing?: Needing): Matching {
  return {
    readings: [
      ({ table, kind, keys }) => {
        const known = knownColumns(kind, [...table.columns.keys()]);
        const some = [...new Set([...known.map(({ column }) => column), ...keys])];
        const free = () => [...table.columns.keys()].filter((column) => !isSerial(table, column));
        const told = tellingColumns(table, some.length > 0 ? some : free());
        const hold = new Map(
          known.flatMap(({ column, property }) => {
            const content = needing && contents[needing][property];
            return content === undefined ? [] : [[column, content] as const];
          }),
        );
        return textFeatures(table, told, hold);
      },
    ],
    sharing: () => sharingFrom(new Map()),
    blocking: columnsBlocking,
    comparison: (features) => columnsComparison(features, needing),
  };
}

const generic = columnwise();
const deals = columnwise('deals');
const tickets = columnwise('tickets');

export function matchingOf({ kind }: Subject): Matching {
  switch (kind) {
    case 'generic':
      return generic;
    case 'deals':
      return deals;
    case 'tickets':
      return tickets;
    case 'companies':
    case 'organisations':
      return organisation;
    default:
      return person;
  }
}

export function columnsOfSubject({ table, kind }: Subject): Columns {
  return columnsByRole(table, kind);
}
