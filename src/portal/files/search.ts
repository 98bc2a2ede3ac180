/**
 * `/files/files/search` and `/files/folders/search`: filters, sorting and pages.
 * Source: HubSpot's published parameters of both, compared 2026-11-22.
 * Guess: a name is looked for inside names, everything else is compared whole; a sort with a leading `-` is descending.
 */

import { invalid } from '../errors.ts';
import { originOf } from '../origin.ts';
import { readLimit, readNames } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import type { StoredFile, StoredFolder } from '../store/files.ts';
import { parseTime } from '../values/normalize.ts';
import { fileScopes, isPublic, maySee } from './access.ts';
import { typeOf } from './media.ts';
import { filePath, folderPath, presentFile, presentFolder, publicUrl } from './present.ts';
import { fileVersions, source } from './versions.ts';

type Value = string | number | boolean | undefined;
/** What can be filtered and sorted by, under the names of the query. */
type View = Readonly<Record<string, Value>>;

const DEFAULT_PAGE = 10;
const MAX_PAGE = 100;

const times = ['createdAt', 'updatedAt', 'expiresAt'];

function fileView(call: Call, file: StoredFile): View {
  const path = filePath(call.store.files, file);
  return {
    id: Number(file.id),
    createdAt: file.createdAt,
    updatedAt: file.updatedAt,
    expiresAt: file.expiresAt,
    size: file.size,
    height: file.height,
    width: file.width,
    name: file.name,
    path,
    encoding: file.encoding,
    type: typeOf(file.extension),
    extension: file.extension,
    url: publicUrl(call, path),
    fileMd5: file.md5,
    isUsableInContent: file.isUsableInContent,
    allowsAnonymousAccess: isPublic(file),
    parentFolderId: Number(file.folderId ?? 0),
  };
}

function folderView(call: Call, folder: StoredFolder): View {
  return {
    id: Number(folder.id),
    createdAt: folder.createdAt,
    updatedAt: folder.updatedAt,
    name: folder.name,
    path: folderPath(call.store.files, folder.id),
    parentFolderId: Number(folder.parentId ?? 0),
  };
}

/** Members of the query that are no filters. */
const others = new Set(['properties', 'after', 'before', 'limit', 'sort']);

/** Parameters that mean nothing here are ignored. @throws PortalError 400 */
function matcher(call: Call, known: readonly string[]): (view: View) => boolean {
  const tests: ((view: View) => boolean)[] = [];
  const lists = { ids: 'id', parentFolderIds: 'parentFolderId' };
  for (const [parameter, field] of Object.entries(lists)) {
    const wanted = readNames(call, parameter).map((said) => numberOf(parameter, said));
    if (wanted.length > 0) tests.push((view) => wanted.includes(Number(view[field])));
  }
  for (const [parameter, said] of call.query) {
    const [, field = '', bound] = /^(.*?)(Lte|Gte)?$/.exec(parameter) ?? [];
    if (others.has(parameter) || said === '' || !known.includes(field)) continue;
    const isNumber = ['id', 'size', 'height', 'width', ...times].includes(field);
    if (isNumber) {
      const wanted = times.includes(field) ? timeOf(parameter, said) : numberOf(parameter, said);
      tests.push((view) => compareTo(view[field], wanted, bound));
    } else if (bound === undefined) {
      const wanted = said.toLowerCase();
      tests.push((view) => {
        const value = String(view[field] ?? '').toLowerCase();
        return field === 'name' ? value.includes(wanted) : value === wanted;
      });
    }
  }
  return (view) => tests.every((test) => test(view));
}

function compareTo(value: Value, wanted: number, bound: string | undefined): boolean {
  if (typeof value !== 'number') return false;
  return bound === 'Lte' ? value <= wanted : bound === 'Gte' ? value >= wanted : value === wanted;
}

/** @throws PortalError 400 */
function numberOf(parameter: string, said: string): number {
  if (!/^\d{1,15}$/.test(said)) throw invalid(`Invalid ${parameter}: ${said}`);
  return Number(said);
}

/** @throws PortalError 400 */
function timeOf(parameter: string, said: string): number {
  const at = /^\d{1,15}$/.test(said) ? Number(said) : parseTime(said);
  if (at === undefined) throw invalid(`Invalid ${parameter}: ${said}`);
  return at;
}

/** @throws PortalError 400 */
function sorter(call: Call, known: readonly string[]): (a: View, b: View) => number {
  const orders = readNames(call, 'sort').map((said) => {
    const field = said.replace(/^-/, '');
    if (!known.includes(field)) throw invalid(`Invalid sort: ${said}`);
    return { field, sign: said.startsWith('-') ? -1 : 1 };
  });
  return (a, b) => {
    for (const { field, sign } of orders) {
      const order = compareValues(a[field], b[field]);
      if (order !== 0) return sign * order;
    }
    return compareValues(a['id'], b['id']);
  };
}

function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}

/** One page of what matches; cursors are places in the sorted list. @throws PortalError 400 */
function search<T>(call: Call, all: readonly T[], view: (item: T) => View, known: readonly string[]) {
  const limit = readLimit(call, DEFAULT_PAGE, MAX_PAGE);
  const matches = matcher(call, known);
  const order = sorter(call, known);
  const found = all
    .map((item) => ({ item, view: view(item) }))
    .filter((each) => matches(each.view))
    .sort((a, b) => order(a.view, b.view));
  const before = call.query.get('before');
  const start = before ? Math.max(0, cursorOf(before) - limit) : cursorOf(call.query.get('after') ?? '0');
  const end = before ? cursorOf(before) : start + limit;
  const link = (name: string, place: number) => {
    const query = new URLSearchParams(call.query);
    query.delete('after');
    query.delete('before');
    query.set(name, String(place));
    return `${originOf(call)}${call.path}?${query.toString()}`;
  };
  const paging = {
    ...(end < found.length && { next: { after: String(end), link: link('after', end) } }),
    ...(start > 0 && { prev: { before: String(start), link: link('before', start) } }),
  };
  return {
    items: found.slice(start, end).map(({ item }) => item),
    paging: Object.keys(paging).length > 0 ? { paging } : {},
  };
}

/** @throws PortalError 400 */
function cursorOf(said: string): number {
  return said === '' ? 0 : numberOf('after', said);
}

export const fileSearchRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/files/files/search',
    versions: fileVersions,
    scopes: fileScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      call.store.files.expire(call.now);
      const all = call.store.files.files().filter((file) => maySee(call, file));
      const { items, paging } = search(call, all, (file) => fileView(call, file), fileFields);
      const properties = readNames(call, 'properties');
      return { status: 200, body: { results: items.map((file) => presentFile(call, file, properties)), ...paging } };
    },
  },
  {
    method: 'GET',
    path: '/files/folders/search',
    versions: fileVersions,
    scopes: fileScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const all = call.store.files.folders();
      const { items, paging } = search(call, all, (folder) => folderView(call, folder), folderFields);
      const properties = readNames(call, 'properties');
      return {
        status: 200,
        body: { results: items.map((folder) => presentFolder(call, folder, properties)), ...paging },
      };
    },
  },
];

const folderFields = ['id', 'createdAt', 'updatedAt', 'name', 'path'];
const fileFields = folderFields.concat(
  ['expiresAt', 'size', 'height', 'width', 'encoding', 'type', 'extension', 'url', 'fileMd5'],
  ['isUsableInContent', 'allowsAnonymousAccess'],
);
