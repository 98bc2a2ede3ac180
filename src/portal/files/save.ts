/**
 * Putting bytes into the file manager, whatever way they came.
 * Source: developers.hubspot.com/docs/api-reference/legacy/files/guide, compared 2026-11-22.
 * Guess: a duplicate is a file of the same bytes; how a REJECT is answered; the words of the refusals.
 */

import { createHash } from 'node:crypto';
import { flag, oneOf, optional, type ReadAs, shape, text } from '../body.ts';
import { conflict, invalid } from '../errors.ts';
import type { FileTables, StoredFile } from '../store/files.ts';
import { parseTime } from '../values/normalize.ts';
import { accessLevels } from './access.ts';
import { contentTypeOf, pixels, splitName } from './media.ts';
import { checkName, freeName, makeFolders, requireFolder } from './place.ts';

export const saveFields = {
  access: oneOf('FileAccess', accessLevels),
  ttl: optional(text),
  expiresAt: optional(text),
  overwrite: optional(flag),
  duplicateValidationStrategy: optional(
    oneOf('DuplicateValidationStrategy', ['NONE', 'REJECT', 'RETURN_EXISTING'] as const),
  ),
  duplicateValidationScope: optional(oneOf('DuplicateValidationScope', ['ENTIRE_PORTAL', 'EXACT_FOLDER'] as const)),
};

export const uploadOptions = shape('FileUploadOptions', saveFields);

export type SaveOptions = ReadAs<typeof saveFields>;

export interface Place {
  readonly folderId?: string | undefined;
  readonly folderPath?: string | undefined;
}

export interface NewFile {
  /** With its extension. */
  readonly name: string;
  /** As the sender said it; may be empty. */
  readonly contentType: string;
  readonly encoding?: string | undefined;
  readonly bytes: Uint8Array;
}

/** The id of the folder that a file goes to; undefined for the top. @throws PortalError 400, 404 */
export function placeOf(files: FileTables, { folderId, folderPath }: Place, now: number): string | undefined {
  if (folderId !== undefined && folderPath !== undefined) {
    throw invalid('Only one of folderId and folderPath can be given');
  }
  if (folderId !== undefined) return requireFolder(files, folderId).id;
  if (folderPath === undefined) throw invalid('One of folderId and folderPath must be given');
  return makeFolders(files, folderPath, now);
}

/** The new file, the one it overwrote, or with RETURN_EXISTING the one that was there. @throws PortalError 400, 409 */
export function saveFile(
  files: FileTables,
  file: NewFile,
  folderId: string | undefined,
  options: SaveOptions,
  now: number,
): StoredFile {
  const { name, extension } = splitName(checkName(file.name));
  const facts = { ...factsOf(file, extension), ...expiry(options, now) };
  const duplicate = duplicateOf(files, facts.md5, folderId, options);
  if (duplicate && options.duplicateValidationStrategy === 'RETURN_EXISTING') return duplicate;
  if (duplicate) {
    throw conflict(`A file with the same content already exists: ${duplicate.id}`, { context: { id: [duplicate.id] } });
  }
  const holder = options.overwrite ? files.fileAt(folderId, name, extension) : undefined;
  const saved: StoredFile = {
    id: holder?.id ?? files.nextFileId(),
    ...(folderId !== undefined && { folderId }),
    name: holder?.name ?? freeName(files, folderId, name, extension),
    extension,
    access: options.access,
    isUsableInContent: holder?.isUsableInContent ?? true,
    createdAt: holder?.createdAt ?? now,
    updatedAt: now,
    ...facts,
  };
  files.putFile(saved, file.bytes);
  return saved;
}

/** What follows from a file's bytes. */
export function factsOf({ bytes, contentType, encoding }: Omit<NewFile, 'name'>, extension: string) {
  const image = pixels(bytes);
  const said = encoding ?? (image && extension);
  return {
    size: bytes.byteLength,
    md5: createHash('md5').update(bytes).digest('hex'),
    contentType: contentTypeOf(extension, contentType),
    ...(said !== undefined && { encoding: said }),
    ...image,
  };
}

function duplicateOf(
  files: FileTables,
  md5: string,
  folderId: string | undefined,
  { duplicateValidationStrategy = 'NONE', duplicateValidationScope = 'ENTIRE_PORTAL' }: SaveOptions,
): StoredFile | undefined {
  if (duplicateValidationStrategy === 'NONE') return undefined;
  return files
    .sameBytes(md5)
    .find((file) => duplicateValidationScope === 'ENTIRE_PORTAL' || file.folderId === folderId);
}

const DAY_MS = 86_400_000;
const MAX_LIFE_MS = 366 * DAY_MS;

/** When a file is over; nothing for one that stays. @throws PortalError 400 */
export function expiry({ ttl, expiresAt }: { ttl?: string; expiresAt?: string }, now: number): { expiresAt?: number } {
  if (ttl !== undefined) {
    const ms = lifetime(ttl);
    if (ms === undefined) throw invalid(`Invalid ttl: ${ttl}`);
    if (ms < DAY_MS || ms > MAX_LIFE_MS) throw invalid(`Invalid ttl: ${ttl}. It must be between 1 day and 1 year.`);
    return { expiresAt: now + ms };
  }
  if (expiresAt === undefined) return {};
  const at = /^\d+$/.test(expiresAt) ? Number(expiresAt) : parseTime(expiresAt);
  if (at === undefined || at <= now) throw invalid(`Invalid expiresAt: ${expiresAt}`);
  return { expiresAt: at };
}

/** Milliseconds of an ISO 8601 duration. Guess: a month has 30 days and a year 365. */
function lifetime(ttl: string): number | undefined {
  const match =
    /^P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?$/.exec(
      ttl,
    );
  if (!match) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const wholeDays = years * 365 + months * 30 + weeks * 7 + days;
  return wholeDays * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
