/** The people of the business itself: owners and their teams. */

import type { Owner, Team } from '../../facts/definitions.ts';
import { PORTAL, type Store } from '../../store/store.ts';

export interface People {
  /** Ids of owners who sell, look after customers, and repair. */
  readonly sales: readonly string[];
  readonly success: readonly string[];
  readonly support: readonly string[];
  /** Left the company; still owns what nobody took over. */
  readonly gone: string;
}

const teams: Readonly<Record<'east' | 'west' | 'success' | 'support', Team>> = {
  east: { id: '51203377', name: 'Sales East', primary: true },
  west: { id: '51203378', name: 'Sales West', primary: true },
  success: { id: '51203392', name: 'Customer Success', primary: true },
  support: { id: '51203401', name: 'Support', primary: true },
};

type Row = readonly [id: string, firstName: string, lastName: string, mailbox: string, team: keyof typeof teams];

/** Two of them are called Maria Santos. */
const rows: readonly Row[] = [
  ['614803121', 'Grace', 'Holloway', 'grace.holloway', 'east'],
  ['614803158', 'Daniel', 'Reyes', 'daniel.reyes', 'east'],
  ['614803202', 'Maria', 'Santos', 'maria.santos', 'east'],
  ['614803247', 'Tom', 'Lindqvist', 'tom.lindqvist', 'west'],
  ['614803290', 'Aisha', 'Bello', 'aisha.bello', 'west'],
  ['614803333', 'Peter', 'Novak', 'peter.novak', 'west'],
  ['614803419', 'Maria', 'Santos', 'm.santos', 'success'],
  ['614803456', 'Hannah', 'Weiss', 'hannah.weiss', 'success'],
  ['614803501', 'Kenji', 'Mori', 'kenji.mori', 'support'],
  ['614803544', 'Lucy', 'Adeyemi', 'lucy.adeyemi', 'support'],
  ['614803587', 'Sam', 'Whitfield', 'sam.whitfield', 'support'],
];

const deactivated: Row = ['614803376', 'Victor', 'Crane', 'victor.crane', 'west'];

function inTeams(...wanted: string[]): string[] {
  return rows.filter((row) => wanted.includes(row[4])).map(([id]) => id);
}

export function hirePeople(store: Store, opened: number): People {
  const at = new Date(opened).toISOString();
  const put = ([id, firstName, lastName, mailbox, team]: Row, archived: boolean) => {
    const userId = Number(id) - 550_000_000;
    const owner: Owner = {
      id,
      email: `${mailbox}@harborandpine.example`,
      firstName,
      lastName,
      type: 'PERSON',
      ...(!archived && { userId }),
      userIdIncludingInactive: userId,
      teams: archived ? [] : [teams[team]],
      archived,
      createdAt: at,
      updatedAt: at,
    };
    store.owners.put(PORTAL, id, owner);
  };
  for (const row of rows) put(row, false);
  put(deactivated, true);
  return {
    sales: inTeams('east', 'west'),
    success: inTeams('success'),
    support: inTeams('support'),
    gone: deactivated[0],
  };
}
