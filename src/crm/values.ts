/** Property values as people say them -> as HubSpot stores them. */

import type { Property } from '../hubspot/index.ts';
import type { Dates } from './dates.ts';
import type { Crm } from './index.ts';
import type { createOwners } from './owners.ts';
import type { createPipelines } from './pipelines.ts';
import { CUT_END } from './record-table.ts';
import type { HubSpotRecord, ObjectType } from './types.ts';
import { UserError } from './user-error.ts';
import { pickOne, quote } from './words.ts';

export interface ValueParts {
  readonly properties: Crm['properties'];
  readonly pipelines: ReturnType<typeof createPipelines>;
  readonly owners: ReturnType<typeof createOwners>;
  readonly dates: Dates;
}

export type Values = ReturnType<typeof createValues>;

export function createValues({ properties, pipelines, owners, dates }: ValueParts) {
  /**
   * One value, not empty and no list, for one property.
   * @param reading true in a filter, where deactivated owners are as good as active ones
   */
  async function one(type: ObjectType, property: Property, said: unknown, reading = false): Promise<string> {
    if (type.pipeline?.pipelineProperty === property.name)
      return (await pipelines.resolve(type, scalar(property, said))).id;
    if (type.pipeline?.stageProperty === property.name)
      return (await pipelines.resolveStage(type, scalar(property, said))).stage.id;
    if (isOwner(property)) {
      const owner = scalar(property, said);
      // An id needs no looking up, which the token may not be allowed to do.
      return /^\d+$/.test(owner) ? owner : (await owners.resolve(owner, { archived: reading })).id;
    }
    switch (property.type) {
      case 'enumeration':
        return option(property, scalar(property, said));
      case 'bool':
        return bool(property, said);
      case 'number':
        return number(property, said);
      case 'date':
        return dates.date(said, property.name);
      case 'datetime':
        return new Date((await dates.moment(said, property.name)).start).toISOString();
      default:
        return text(property, said);
    }
  }

  async function many(type: ObjectType, property: Property, said: unknown): Promise<string> {
    if (!isMultiple(property) || isOwner(property)) return one(type, property, said);
    const parts = Array.isArray(said) ? said : scalar(property, said).split(';');
    // A leading empty part is HubSpot's way of saying "append".
    const append = parts.length > 1 && parts[0] === '' ? ';' : '';
    const chosen = new Set<string>();
    // One after the other: the first that is none is told, and the others are not looked for.
    for (const part of parts) if (part !== '') chosen.add(await one(type, property, part));
    return append + [...chosen].join(';');
  }

  async function toWire(
    type: ObjectType,
    said: Readonly<Record<string, unknown>>,
    record?: Pick<HubSpotRecord, 'properties'>,
  ): Promise<Record<string, string>> {
    const index = await properties.of(type);
    const wire: Record<string, string> = {};
    const { pipelineProperty, stageProperty } = type.pipeline ?? {};
    let stageSaid: string | undefined;
    for (const [name, value] of Object.entries(said)) {
      if (value === undefined) continue;
      const property = index.get(name);
      if (Object.hasOwn(wire, property.name)) {
        throw new UserError('invalid_value', `${property.name} is given twice, once as ${quote(name)}.`, {
          property: property.name,
        });
      }
      requireWritable(property);
      if (value === null || value === '') wire[property.name] = '';
      else if (property.name === stageProperty) stageSaid = scalar(property, value);
      else wire[property.name] = await many(type, property, value);
      requireLength(property, wire[property.name]);
      requireWhole(property, wire[property.name]);
    }
    if (stageSaid === undefined || pipelineProperty === undefined || stageProperty === undefined) return wire;
    const given = wire[pipelineProperty];
    if (given) {
      wire[stageProperty] = (await pipelines.resolveStage(type, stageSaid, given)).stage.id;
      return wire;
    }
    const own = record?.properties[pipelineProperty];
    const named = await pipelines.stagesNamed(type, stageSaid);
    const { pipeline, stage } =
      named.find((each) => each.pipeline.id === own) ?? (await pipelines.resolveStage(type, stageSaid));
    wire[stageProperty] = stage.id;
    if (pipeline.id !== own) wire[pipelineProperty] = pipeline.id;
    return wire;
  }

  async function needs(type: ObjectType, said: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
    if (!type.pipeline) return [];
    const index = await properties.of(type);
    const values = new Map(Object.entries(said).map(([name, value]) => [index.get(name).name, value]));
    const stage = values.get(type.pipeline.stageProperty);
    if (typeof stage !== 'string' || stage === '' || values.get(type.pipeline.pipelineProperty)) return [];
    const named = await pipelines.stagesNamed(type, stage);
    return named.length > 1 ? [type.pipeline.pipelineProperty] : [];
  }

  return { one, toWire, needs };
}

/** HubSpot marks some owner properties only by their name. */
function isOwner(property: Property): boolean {
  return property.referencedObjectType === 'OWNER' || property.name === 'hubspot_owner_id';
}

/** A list of options, joined by semicolons. */
export function isMultiple(property: Property): boolean {
  return property.type === 'enumeration' && property.fieldType === 'checkbox';
}

/** Set by HubSpot alone, or not to be written here. */
export function isReadOnly(property: Property): boolean {
  return isHubSpots(property) || property.restricted !== undefined;
}

/** HubSpot alone sets it. */
export function isHubSpots({ calculated, modificationMetadata }: Property): boolean {
  return calculated === true || modificationMetadata?.readOnlyValue === true;
}

/** What is seen in part only must not be found out by comparing, counting or adding up. */
export function requireComparable({ name, restricted }: Property): void {
  if (restricted !== 'mask') return;
  throw restrictedProperty(name, `The policy of this server shows ${name} in part, so nothing can be counted by it.`);
}

function restrictedProperty(property: string, message: string): UserError {
  return new UserError('restricted_property', message, {
    property,
    next: 'Leave it out, or ask the person who runs this server.',
  });
}

function requireWritable(property: Property): void {
  if (!isReadOnly(property)) return;
  if (property.restricted !== undefined) {
    throw restrictedProperty(property.name, `The policy of this server does not let ${property.name} be written.`);
  }
  throw new UserError('read_only_property', `${property.name} is set by HubSpot and cannot be written. Leave it out.`, {
    property: property.name,
  });
}

/** HubSpot documents it for notes; Guess: every text property shares it. */
export const LONGEST_VALUE = 65_536;

function requireLength({ name }: Property, { length } = ''): void {
  if (length <= LONGEST_VALUE) return;
  throw new UserError(
    'too_long',
    `The value of ${name} has ${length} characters; HubSpot takes ${LONGEST_VALUE}. Shorten it.`,
    { property: name },
  );
}

function scalar(property: Property, said: unknown): string {
  if (typeof said === 'string') return said.trim();
  if (typeof said === 'number' || typeof said === 'boolean') return String(said);
  throw invalid(property, said, 'one value, not a list or an object');
}

function option(property: Property, said: string): string {
  // Options that live outside the definition are known to HubSpot alone.
  if (!property.options?.length) return said;
  return pickOne(said, property.options, 'option', ({ value, label }) => ({ id: value, label }), {
    where: ` of ${property.name}`,
    property: property.name,
  }).value;
}

const YES = ['true', 'yes', '1'];
const NO = ['false', 'no', '0'];

function bool(property: Property, said: unknown): string {
  const word = scalar(property, said).toLowerCase();
  if (YES.includes(word)) return 'true';
  if (NO.includes(word)) return 'false';
  if (property.options?.length) return option(property, word);
  throw invalid(property, said, 'true or false');
}

function number(property: Property, said: unknown): string {
  if (typeof said === 'number' && Number.isFinite(said)) return plainNumber(said);
  if (typeof said === 'string') {
    const bare = said.trim();
    if (/\p{Sc}/u.test(bare)) {
      throw invalid(property, said, 'the bare number such as 1234.5; the currency has a property of its own');
    }
    // Commas only as thousands separators that leave no doubt: 1,234,567 or 1,234.5, but not 1,234.
    const grouped = /^-?\d{1,3}(,\d{3})+\.\d+$|^-?\d{1,3}(,\d{3}){2,}$/.test(bare) ? bare.replaceAll(',', '') : bare;
    if (/^-?(\d+(?:\.\d*)?|\.\d+)$/.test(grouped)) return grouped;
  }
  throw invalid(property, said, 'a number such as 1234.5');
}

/** HubSpot reads no exponents. */
function plainNumber(value: number): string {
  const written = String(value);
  return written.includes('e')
    ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
    : written;
}

/** Whoever writes back a text that it was shown in part would lose the rest of it. */
function requireWhole(property: Property, value = ''): void {
  const left = CUT_END.exec(value)?.[1];
  if (left === undefined) return;
  throw new UserError(
    'cut_text',
    `This value of ${property.name} ends with the mark of a text that was cut when it was read: ${left} characters of it would be lost.`,
    {
      property: property.name,
      next: 'Read on with get_records and textOffset, and send the whole text; or leave the mark out, if the text is to end there.',
    },
  );
}

function text(property: Property, said: unknown): string {
  if (typeof said === 'string') return said;
  return scalar(property, said);
}

function invalid(property: Property, said: unknown, wanted: string): UserError {
  return new UserError('invalid_value', `${quote(said)} is no value for ${property.name}: give ${wanted}.`, {
    property: property.name,
  });
}
