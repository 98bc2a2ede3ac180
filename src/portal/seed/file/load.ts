/** Loads a portal file into an empty portal, whole or not at all. */

import { locate } from '../../json-location.ts';
import type { Store } from '../../store/store.ts';
import { loadAssociations } from './load-associations.ts';
import { loadDefinitions } from './load-definitions.ts';
import { loadListFolders, loadLists } from './load-lists.ts';
import { loadRecords } from './load-records.ts';
import { inside, object, PortalFileError } from './read.ts';

const members = [
  'account',
  'owners',
  'schemas',
  'propertyGroups',
  'properties',
  'pipelines',
  'associationLabels',
  'records',
  'associations',
  'listFolders',
  'lists',
];

/** What is being loaded, and how much of it is. */
export type LoadProgress = (what: 'records' | 'associations', done: number, total: number) => void;

/**
 * `json`: see portal-file.ts. The portal has what an account has on its first day and nothing else. `now`: the time of
 * whatever has none. Enumerated values, owners, stages, association types and unique values must be right, as in a write;
 * required properties and HubSpot's limits are not looked at. @throws PortalFileError
 */
export function loadPortalFile(store: Store, json: string, now: number, progress: LoadProgress = () => {}): void {
  const file = object(parse(json), undefined);
  const unknown = Object.keys(file).find((name) => !members.includes(name));
  if (unknown !== undefined) {
    throw new PortalFileError(
      inside(undefined, unknown),
      `a portal file has no such member; it may have ${members.join(', ')}.`,
    );
  }
  store.transaction(() => {
    loadDefinitions(store, file, now);
    loadRecords(store, file['records'] ?? {}, inside(undefined, 'records'), { now, progress });
    loadAssociations(store, file['associations'] ?? [], inside(undefined, 'associations'), progress);
    loadListFolders(store, file['listFolders'] ?? [], inside(undefined, 'listFolders'), now);
    loadLists(store, file['lists'] ?? [], inside(undefined, 'lists'), now);
  });
}

function parse(json: string): unknown {
  // Some editors begin a file with a mark of its byte order.
  const text = json.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { line, column } = locate(text, 'error');
    throw new PortalFileError(undefined, `no JSON from line ${line}, column ${column} on.`, { cause });
  }
}
