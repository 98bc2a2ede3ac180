/** The part of a portal file that says what there can be: settings, owners, types, properties, pipelines, labels. */

import type { Owner } from '../../facts/definitions.ts';
import { PORTAL, type Store } from '../../store/store.ts';
import { loadAssociationLabels } from './load-association-labels.ts';
import { loadPipelines } from './load-pipelines.ts';
import { checkFormulas, loadProperties } from './load-properties.ts';
import { checkDisplays, type LoadedSchema, loadSchemas } from './load-schemas.ts';
import { eachOfType } from './object-types.ts';
import { inside, list, type Place, PortalFileError } from './read.ts';
import { account, associationLabel, group, owner, pipeline, property } from './read-definitions.ts';

/** In the order in which one needs the other. @throws PortalFileError */
export function loadDefinitions(store: Store, file: Readonly<Record<string, unknown>>, now: number): void {
  const known = store.account.get(PORTAL, 'account');
  if (!known) throw new Error('The portal has no account yet.');
  store.account.put(PORTAL, 'account', { ...known, ...account(file['account'] ?? {}, at('account')) });

  const schemas: LoadedSchema[] = loadSchemas(store, file['schemas'] ?? [], at('schemas'), now);
  eachOfType(store, file['propertyGroups'], at('propertyGroups'), group, (type, groups) => {
    for (const [i, { name, label = name, displayOrder = i, archived = false }] of groups.entries()) {
      store.propertyGroups.put(type.id, name, { name, label, displayOrder, archived });
    }
  });
  for (const { type, properties, place } of schemas) {
    loadProperties(store, type, properties, inside(place, 'properties'), now);
  }
  eachOfType(store, file['properties'], at('properties'), property, (type, properties, place) =>
    loadProperties(store, type, properties, place, now),
  );
  for (const { type, properties, place } of schemas) {
    checkFormulas(store, type, properties, inside(place, 'properties'));
  }
  eachOfType(store, file['properties'], at('properties'), property, (type, properties, place) =>
    checkFormulas(store, type, properties, place),
  );
  eachOfType(store, file['pipelines'], at('pipelines'), pipeline, (type, pipelines, place) =>
    loadPipelines(store, type, pipelines, place, now),
  );
  checkDisplays(store, schemas);
  loadOwners(store, file['owners'] ?? [], at('owners'), now);
  const labels = list(associationLabel)(file['associationLabels'] ?? [], at('associationLabels'));
  loadAssociationLabels(store, labels, at('associationLabels'), schemas);
}

const at = (name: string): Place => inside(undefined, name);

/** Ids of owners and of users that the file does not give. */
const FIRST_OWNER_ID = 61_000_000;
const FIRST_USER_ID = 71_000_000;

function loadOwners(store: Store, value: unknown, place: Place, now: number): void {
  const time = new Date(now).toISOString();
  const given = list(owner)(value, place);
  const taken = new Set(given.map(({ id }) => id));
  let next = FIRST_OWNER_ID;
  for (const [i, read] of given.entries()) {
    while (read.id === undefined && taken.has(String(next))) next++;
    const id = read.id ?? String(next++);
    if (store.owners.get(PORTAL, id)) throw new PortalFileError(inside(place, i), `there is another owner ${id}.`);
    const { userId, archived = false } = read;
    const user = userId ?? FIRST_USER_ID + i;
    const stored: Owner = {
      id,
      email: read.email ?? '',
      firstName: read.firstName ?? '',
      lastName: read.lastName ?? '',
      type: read.type ?? 'PERSON',
      // An archived owner's user is no longer there.
      ...((userId !== undefined || !archived) && { userId: user }),
      userIdIncludingInactive: read.userIdIncludingInactive ?? user,
      teams: (read.teams ?? []).map(({ id: teamId, name, primary = false }) => ({ id: teamId, name, primary })),
      archived,
      createdAt: read.createdAt ?? time,
      updatedAt: read.updatedAt ?? read.createdAt ?? time,
    };
    store.owners.put(PORTAL, id, stored);
  }
}
