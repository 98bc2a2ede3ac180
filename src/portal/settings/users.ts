/**
 * The users of an account. Each is the user of an owner: its name, address and teams are the owner's, and its record of the
 * object type `users` follows them.
 */

import type { Owner, StoredTeam, Team } from '../facts/definitions.ts';
import { PORTAL, type Store } from '../store/store.ts';

const USERS = '0-115';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly primaryTeamId: string | undefined;
  readonly secondaryTeamIds: readonly string[];
  readonly roleId: string | undefined;
  readonly superAdmin: boolean;
}

/** Everybody who was not deactivated, in the order of their ids. */
export function usersOf(store: Store): User[] {
  return store.owners
    .list(PORTAL)
    .filter((owner) => owner.userId !== undefined)
    .map((owner) => toUser(store, owner))
    .sort((a, b) => Number(a.id) - Number(b.id));
}

/** By id, or by e-mail address without case. */
export function userOf(store: Store, said: string, by: 'USER_ID' | 'EMAIL' = 'USER_ID'): User | undefined {
  const owner = ownerOfUser(store, said, by);
  return owner && toUser(store, owner);
}

export function ownerOfUser(store: Store, said: string, by: 'USER_ID' | 'EMAIL'): Owner | undefined {
  return store.owners
    .list(PORTAL)
    .find(
      ({ userId, email }) =>
        userId !== undefined && (by === 'EMAIL' ? email.toLowerCase() === said.toLowerCase() : String(userId) === said),
    );
}

function toUser(store: Store, owner: Owner): User {
  const role = store.userRoles.get(PORTAL, String(owner.userId));
  return {
    id: String(owner.userId),
    email: owner.email,
    firstName: owner.firstName,
    lastName: owner.lastName,
    primaryTeamId: owner.teams.find(({ primary }) => primary)?.id,
    secondaryTeamIds: owner.teams.filter(({ primary }) => !primary).map(({ id }) => id),
    roleId: role?.roleId,
    superAdmin: role?.superAdmin ?? false,
  };
}

/** Keeps an owner as it is now, and the record of its user with it. `at`: milliseconds since the epoch. */
export function putOwner(store: Store, owner: Owner, at: number): void {
  store.owners.put(PORTAL, owner.id, owner);
  keepUserRecords(store, [owner], at);
}

/** Gives the users of owners their records, or brings those that they have up to date. `at`: milliseconds since the epoch. */
export function keepUserRecords(store: Store, owners: readonly Owner[], at: number): void {
  const ids = new Map<string | undefined, string>();
  for (const { id, value } of store.records.values(USERS, 'hs_internal_user_id')) ids.set(value, id);
  for (const owner of owners) {
    const user = String(owner.userIdIncludingInactive);
    ids.set(user, keepUserRecord(store, owner, ids.get(user), at));
  }
}

/** `id`: of the record that the user has. The id of the one that it has from now on. */
function keepUserRecord(store: Store, owner: Owner, id: string | undefined, at: number): string {
  const properties = {
    hs_internal_user_id: String(owner.userIdIncludingInactive),
    hs_email: owner.email,
    hs_given_name: owner.firstName,
    hs_family_name: owner.lastName,
    hs_deactivated: String(owner.archived),
    hubspot_owner_id: owner.id,
  };
  const record = id === undefined ? undefined : store.records.get(USERS, id);
  const source = { sourceType: 'CRM_UI' };
  if (!record) return store.records.insert({ typeId: USERS, properties, createdAt: at, source }).id;
  if (Object.entries(properties).some(([name, value]) => record.properties[name] !== value)) {
    store.records.update(record, properties, at, source);
  }
  return record.id;
}

/** Teams with their members. A team is one that was made, or that an owner is in. */
export interface TeamMembers {
  readonly id: string;
  readonly name: string;
  readonly parentTeamId: string | undefined;
  readonly userIds: readonly string[];
  readonly secondaryUserIds: readonly string[];
}

/** In the order of their ids. */
export function teamsOf(store: Store): TeamMembers[] {
  const owners = store.owners.list(PORTAL).filter(({ userId }) => userId !== undefined);
  const known = new Map<string, StoredTeam>();
  for (const { teams } of owners) for (const { id, name } of teams) known.set(id, { id, name });
  for (const team of store.teams.list(PORTAL)) known.set(team.id, team);
  const members = (teamId: string, primary: boolean) =>
    owners
      .filter(({ teams }) => teams.some((team) => team.id === teamId && team.primary === primary))
      .map(({ userId }) => String(userId));
  return [...known.values()]
    .map(({ id, name, parentTeamId }) => ({
      id,
      name,
      parentTeamId,
      userIds: members(id, true),
      secondaryUserIds: members(id, false),
    }))
    .sort((a, b) => Number(a.id) - Number(b.id));
}

/** The teams of an owner as the owners API shows them. Ids that mean no team are left out. */
export function ownerTeams(
  store: Store,
  primaryTeamId: string | undefined,
  secondaryTeamIds: readonly string[],
): Team[] {
  const known = new Map(teamsOf(store).map((team) => [team.id, team.name]));
  const asked = [
    ...(primaryTeamId ? [{ id: primaryTeamId, primary: true }] : []),
    ...secondaryTeamIds.filter((id) => id !== primaryTeamId).map((id) => ({ id, primary: false })),
  ];
  return asked.flatMap(({ id, primary }) => {
    const name = known.get(id);
    return name === undefined ? [] : [{ id, name, primary }];
  });
}
