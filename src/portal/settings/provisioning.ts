/**
 * `/settings/users`: making and removing users, with their owners.
 * Source: developers.hubspot.com/docs/api-reference/latest/account/settings/user-provisioning/guide, compared 2026-11-22.
 * Guess: the words of the refusals; limits of pages; a member that a PUT leaves out stays as it is, which the page of the
 * beta version says; the permission sets, which can only be made in HubSpot's settings.
 */

import { noteActivity } from '../account/activity.ts';
import { flag, list, optional, readBody, shape, text } from '../body.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import type { Owner } from '../facts/definitions.ts';
import { nextPage, readLimit, readStart } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { ownerOfUser, ownerTeams, putOwner, teamsOf, type User, userOf, usersOf } from './users.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/account/settings/user-provisioning/guide',
  compared: '2026-11-22',
};
const versions = ['v3', '2026-03', '2026-09-beta'] as const;
const scopes = {
  read: () => ['settings.users.read', 'crm.objects.users.read'],
  write: () => ['settings.users.write', 'crm.objects.users.write'],
};

const roles = [
  { id: '100001', name: 'Sales', requiresBillingWrite: false },
  { id: '100002', name: 'Service', requiresBillingWrite: false },
  { id: '100003', name: 'Marketing', requiresBillingWrite: false },
];

const FIRST_OWNER_ID = 620_000_000;
const FIRST_USER_ID = 72_000_000;

const details = {
  firstName: optional(text),
  lastName: optional(text),
  roleId: optional(text),
  primaryTeamId: optional(text),
  secondaryTeamIds: optional(list(text)),
};
const createInput = shape('UserProvisionRequest', { email: text, sendWelcomeEmail: optional(flag), ...details });
const updateInput = shape('PublicUserUpdate', details);

export const provisioningRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/settings/users',
    versions,
    scopes: scopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const limit = readLimit(call, 100, 500);
      const after = readStart(call);
      const users = usersOf(call.store).filter(({ id }) => Number(id) >= after);
      const next = users[limit];
      const results = users.slice(0, limit).map(present);
      return { status: 200, body: { results, ...(next && { paging: nextPage(call, call.path, next.id) }) } };
    },
  },
  {
    method: 'POST',
    path: '/settings/users',
    versions,
    scopes: scopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const { sendWelcomeEmail = false, email, ...input } = readBody(call, createInput);
      if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw invalid(`${email} is not a valid email address`);
      if (userOf(call.store, email, 'EMAIL')) throw conflict(`User already exists with email ${email}`);
      const user = checked(call, input);
      const at = new Date(call.now).toISOString();
      const userId = Number(call.store.nextId('user', FIRST_USER_ID));
      const owner: Owner = {
        id: call.store.nextId('owner', FIRST_OWNER_ID),
        email,
        firstName: input.firstName ?? '',
        lastName: input.lastName ?? '',
        type: 'PERSON',
        userId,
        userIdIncludingInactive: userId,
        teams: ownerTeams(call.store, user.primaryTeamId, user.secondaryTeamIds ?? []),
        archived: false,
        createdAt: at,
        updatedAt: at,
      };
      putOwner(call.store, owner, call.now);
      putRole(call, String(userId), user.roleId);
      noteActivity(call, 'ADD_USER', userId);
      return { status: 201, body: { ...shown(call, String(userId)), sendWelcomeEmail } };
    },
  },
  {
    method: 'GET',
    path: '/settings/users/roles',
    versions,
    scopes: scopes.read,
    budget: 'burst',
    source,
    handle: () => ({ status: 200, body: { results: roles } }),
  },
  {
    method: 'GET',
    path: '/settings/users/teams',
    versions,
    scopes: () => ['settings.users.teams.read'],
    budget: 'burst',
    source,
    handle: ({ store }) => ({
      status: 200,
      body: {
        results: teamsOf(store).map(({ id, name, userIds, secondaryUserIds }) => ({
          id,
          name,
          userIds,
          secondaryUserIds,
        })),
      },
    }),
  },
  {
    method: 'GET',
    path: '/settings/users/{userId}',
    versions,
    scopes: scopes.read,
    budget: 'burst',
    source,
    handle: (call) => ({ status: 200, body: shown(call, String(asked(call).userId)) }),
  },
  {
    method: 'PUT',
    path: '/settings/users/{userId}',
    versions,
    scopes: scopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const owner = asked(call);
      const input = checked(call, readBody(call, updateInput));
      const known = userOf(call.store, String(owner.userId));
      const changed: Owner = {
        ...owner,
        firstName: input.firstName ?? owner.firstName,
        lastName: input.lastName ?? owner.lastName,
        teams: ownerTeams(
          call.store,
          input.primaryTeamId ?? known?.primaryTeamId,
          input.secondaryTeamIds ?? known?.secondaryTeamIds ?? [],
        ),
        updatedAt: new Date(call.now).toISOString(),
      };
      putOwner(call.store, changed, call.now);
      if (input.roleId !== undefined) putRole(call, String(owner.userId), input.roleId);
      noteActivity(call, 'CHANGE_USER', owner.userIdIncludingInactive);
      return { status: 200, body: shown(call, String(owner.userId)) };
    },
  },
  {
    method: 'DELETE',
    path: '/settings/users/{userId}',
    versions,
    scopes: scopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const { userId, ...owner } = asked(call);
      const gone: Owner = { ...owner, teams: [], archived: true, updatedAt: new Date(call.now).toISOString() };
      putOwner(call.store, gone, call.now);
      call.store.userRoles.delete(PORTAL, String(userId));
      noteActivity(call, 'REMOVE_USER', owner.userIdIncludingInactive);
      return { status: 204 };
    },
  },
];

/** The owner of the user whom the path means. @throws PortalError 404 */
function asked(call: Call): Owner {
  const said = call.params['userId'] ?? '';
  const by = call.query.get('idProperty') ?? 'USER_ID';
  if (by !== 'USER_ID' && by !== 'EMAIL') throw invalid(`Invalid idProperty ${by}: it must be USER_ID or EMAIL`);
  const owner = ownerOfUser(call.store, said, by);
  if (!owner) throw notFound(`User ${said} does not exist`);
  return owner;
}

/** @throws PortalError 400 for a team or permission set that is not there */
function checked<
  T extends {
    readonly roleId?: string;
    readonly primaryTeamId?: string;
    readonly secondaryTeamIds?: readonly string[];
  },
>(call: Call, input: T): T {
  const teams = new Set(teamsOf(call.store).map(({ id }) => id));
  for (const id of [input.primaryTeamId ?? '', ...(input.secondaryTeamIds ?? [])]) {
    if (id !== '' && !teams.has(id)) throw invalid(`Team ${id} does not exist`);
  }
  if (input.roleId && !roles.some(({ id }) => id === input.roleId))
    throw invalid(`Role ${input.roleId} does not exist`);
  return input;
}

function putRole(call: Call, userId: string, roleId: string | undefined): void {
  call.store.userRoles.put(PORTAL, userId, { superAdmin: false, ...(roleId && { roleId }) });
}

function shown(call: Call, userId: string) {
  const user = userOf(call.store, userId);
  if (!user) throw notFound(`User ${userId} does not exist`);
  return present(user);
}

function present({ roleId, primaryTeamId, ...user }: User) {
  return {
    ...user,
    ...(primaryTeamId && { primaryTeamId }),
    ...(roleId && { roleId }),
    roleIds: roleId ? [roleId] : [],
  };
}
