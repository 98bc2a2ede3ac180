/**
 * `/settings/teams`: teams and their members, a beta of 2026-09.
 * Source: developers.hubspot.com/docs/api-reference/2026-09-beta/account/settings/teams/guide, compared 2026-11-22.
 * Guess: the members of the answers beside id, name and parentTeamId; a member is `{ userId, type: PRIMARY | SECONDARY }`;
 * the words of the refusals; a deleted team's children lose their parent.
 */

import { list, oneOf, optional, readBody, shape, text } from '../body.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import type { Owner } from '../facts/definitions.ts';
import { batchAnswer, checkSize } from '../objects/batch-answer.ts';
import { nextPage, readLimit } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { ownerOfUser, putOwner, type TeamMembers, teamsOf } from './users.ts';

const versions = ['2026-09-beta'] as const;
const path = '/settings/teams';
const MAX_BATCH = 100;
const FIRST_ID = 52_000_001;

const memberInput = shape('TeamMemberAssignment', {
  userId: text,
  type: optional(oneOf('TeamMembershipType', ['PRIMARY', 'SECONDARY'])),
});
type Member = ReturnType<typeof memberInput>;
const createInput = shape('TeamCreateRequest', {
  name: text,
  parentTeamId: optional(text),
  members: optional(list(memberInput)),
});
const updateInput = shape('TeamUpdateRequest', { name: optional(text), parentTeamId: optional(text) });

const route = (method: Route['method'], subPath: string, access: 'read' | 'write', handle: Route['handle']): Route => ({
  method,
  path: subPath,
  versions,
  scopes: () => [...(access === 'read' ? ['settings.users.teams.read'] : []), 'settings.users.teams.write'],
  budget: 'burst',
  source: {
    page: 'developers.hubspot.com/docs/api-reference/2026-09-beta/account/settings/teams/guide',
    compared: '2026-11-22',
  },
  handle,
});

export const teamRoutes: readonly Route[] = [
  route('GET', path, 'read', (call) => page(call, teamsOf(call.store), ({ id }) => id)),
  route('POST', path, 'write', (call) => {
    const { name, parentTeamId, members = [] } = readBody(call, createInput);
    checkName(call, name);
    if (parentTeamId !== undefined) teamOf(call, parentTeamId);
    const id = call.store.nextId('team', FIRST_ID);
    call.store.teams.put(PORTAL, id, { id, name, ...(parentTeamId !== undefined && { parentTeamId }) });
    for (const member of members) join(call, teamOf(call, id), member);
    return { status: 201, body: teamOf(call, id) };
  }),
  route('GET', `${path}/{teamId}`, 'read', (call) => ({ status: 200, body: asked(call) })),
  route('PATCH', `${path}/{teamId}`, 'write', (call) => {
    const team = asked(call);
    const { name = team.name, parentTeamId = team.parentTeamId } = readBody(call, updateInput);
    if (name !== team.name) checkName(call, name);
    if (parentTeamId !== undefined) checkParent(call, team, parentTeamId);
    call.store.teams.put(PORTAL, team.id, { id: team.id, name, ...(parentTeamId !== undefined && { parentTeamId }) });
    for (const owner of ownersIn(call, team.id)) {
      put(call, { ...owner, teams: owner.teams.map((each) => (each.id === team.id ? { ...each, name } : each)) });
    }
    return { status: 200, body: teamOf(call, team.id) };
  }),
  route('DELETE', `${path}/{teamId}`, 'write', (call) => {
    const team = asked(call);
    for (const owner of ownersIn(call, team.id)) leave(call, owner, team.id);
    call.store.teams.delete(PORTAL, team.id);
    for (const { parentTeamId, ...child } of call.store.teams.list(PORTAL)) {
      if (parentTeamId === team.id) call.store.teams.put(PORTAL, child.id, child);
    }
    return { status: 204 };
  }),
  route('GET', `${path}/{teamId}/members`, 'read', (call) =>
    page(call, membersOf(asked(call)), ({ userId }) => userId),
  ),
  route('POST', `${path}/{teamId}/members`, 'write', (call) => {
    const team = asked(call);
    return { status: 201, body: join(call, team, readBody(call, memberInput)) };
  }),
  route('POST', `${path}/{teamId}/members/batch`, 'write', (call) => {
    const { inputs } = readBody(call, shape('BatchInputTeamMemberAssignment', { inputs: list(memberInput) }));
    checkSize(inputs, MAX_BATCH);
    const team = asked(call);
    return batchAnswer(
      call,
      200,
      inputs.map((member) => join(call, team, member)),
      [],
    );
  }),
  route('DELETE', `${path}/{teamId}/members/{userId}`, 'write', (call) => {
    const team = asked(call);
    const type = call.query.get('type');
    const owner = ownerOf(call, call.params['userId'] ?? '');
    leave(call, owner, team.id, type === null ? undefined : type === 'PRIMARY');
    return { status: 204 };
  }),
];

function page<T>(call: Call, all: readonly T[], idOf: (item: T) => string): Answer {
  const limit = readLimit(call, 100, 500);
  const after = call.query.get('after');
  const start =
    after === null
      ? 0
      : Math.max(
          0,
          all.findIndex((item) => idOf(item) === after),
        );
  const next = all[start + limit];
  const paging = next ? { paging: nextPage(call, call.path, idOf(next)) } : {};
  return { status: 200, body: { results: all.slice(start, start + limit), ...paging } };
}

function membersOf({ userIds, secondaryUserIds }: TeamMembers) {
  return [
    ...userIds.map((userId) => ({ userId, type: 'PRIMARY' })),
    ...secondaryUserIds.map((userId) => ({ userId, type: 'SECONDARY' })),
  ];
}

/** @throws PortalError 404 */
function teamOf(call: Call, id: string): TeamMembers {
  const team = teamsOf(call.store).find((each) => each.id === id);
  if (!team) throw notFound(`Team ${id} does not exist`);
  return team;
}

const asked = (call: Call) => teamOf(call, call.params['teamId'] ?? '');

function ownerOf(call: Call, userId: string): Owner {
  const owner = ownerOfUser(call.store, userId, 'USER_ID');
  if (!owner) throw notFound(`User ${userId} does not exist`);
  return owner;
}

const ownersIn = (call: Call, teamId: string) =>
  call.store.owners.list(PORTAL).filter(({ teams }) => teams.some(({ id }) => id === teamId));

function checkName(call: Call, name: string): void {
  if (name.trim() === '') throw invalid('A team must have a name');
  if (teamsOf(call.store).some((team) => team.name === name)) throw conflict(`A team named ${name} already exists`);
}

/** @throws PortalError 400 for a team below itself, 404 */
function checkParent(call: Call, team: TeamMembers, parentTeamId: string): void {
  for (let above: string | undefined = parentTeamId; above !== undefined; above = teamOf(call, above).parentTeamId) {
    if (above === team.id) throw invalid(`Team ${team.id} cannot be below itself`);
  }
}

/** A user has one primary team: an earlier one is left. */
function join(call: Call, { id, name }: TeamMembers, { userId, type = 'PRIMARY' }: Member) {
  const owner = ownerOf(call, userId);
  const primary = type === 'PRIMARY';
  const others = owner.teams.filter((team) => team.id !== id && !(primary && team.primary));
  put(call, { ...owner, teams: primary ? [{ id, name, primary }, ...others] : [...others, { id, name, primary }] });
  return { userId, type };
}

/** Omitted `primary`: however the user is in it. */
function leave(call: Call, owner: Owner, teamId: string, primary?: boolean): void {
  const isLeft = (team: Owner['teams'][number]) =>
    team.id === teamId && (primary === undefined || team.primary === primary);
  put(call, { ...owner, teams: owner.teams.filter((team) => !isLeft(team)) });
}

function put(call: Call, owner: Owner): void {
  // A team that an owner was in stays when the last one leaves it.
  for (const { id, name } of call.store.owners.get(PORTAL, owner.id)?.teams ?? []) {
    if (!call.store.teams.get(PORTAL, id)) call.store.teams.put(PORTAL, id, { id, name });
  }
  putOwner(call.store, { ...owner, updatedAt: new Date(call.now).toISOString() }, call.now);
}
