/** Reads what an account consists of besides its records. Only requests that change nothing are made. */

import { customType } from '../../crm/object-types.ts';
import { activityTypeIds, standardTypes } from '../../crm/standard-types.ts';
import type { ObjectType } from '../../crm/types.ts';
import {
  type AccountDetails,
  type AssociationLabel,
  type HubSpot,
  HubSpotError,
  type ObjectSchema,
  type Owner,
  type Pipeline,
  type Property,
  type PropertyGroup,
} from '../../hubspot/index.ts';
import type { Progress } from '../demo/progress.ts';
import { inParallel } from './in-parallel.ts';

export interface TypeDefinitions {
  readonly type: ObjectType;
  readonly properties: readonly Property[];
  readonly groups: readonly PropertyGroup[];
  readonly pipelines: readonly Pipeline[];
}

/** What two object types' associations are called, HubSpot's own words included. `backward` is read only where it may differ. */
export interface LabelDefinitions {
  readonly from: ObjectType;
  readonly to: ObjectType;
  readonly forward: readonly AssociationLabel[];
  readonly backward: readonly AssociationLabel[];
}

export interface Definitions {
  /** Undefined where the token may not read it. */
  readonly account: AccountDetails | undefined;
  readonly owners: readonly Owner[];
  readonly schemas: readonly ObjectSchema[];
  readonly types: readonly TypeDefinitions[];
  readonly labels: readonly LabelDefinitions[];
  readonly gaps: readonly Gap[];
}

/** Something that the account has or may have, and that could not be read. */
export interface Gap {
  readonly what: string;
  /** Any one of these would have done, if HubSpot said so. */
  readonly missingScopes: readonly string[];
  readonly message: string;
}

export interface ReadChoices {
  /** Names, ids or labels of object types; all if omitted. */
  readonly types?: readonly string[] | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** The words of a type that the account does not have. */
  readonly unknownType: (said: string) => Error;
}

const activities = new Set(activityTypeIds);

/** @throws HubSpotError when HubSpot does not answer, or knows no such token */
export async function readDefinitions(hubspot: HubSpot, choices: ReadChoices): Promise<Definitions> {
  const { progress, signal } = choices;
  const gaps: Gap[] = [];
  const orGap = async <T>(what: string, asked: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      gaps.push(gapOf(what, error));
      return otherwise;
    }
  };
  const options = { signal };
  const account = await orGap<AccountDetails | undefined>('the account', hubspot.account.details(options), undefined);
  const schemas = await orGap('custom objects', hubspot.schemas.list({}, options), []);
  const owners = [
    ...(await orGap('owners', hubspot.owners.list({}, options), [])),
    ...(await orGap('deactivated owners', hubspot.owners.list({ archived: true }, options), [])),
  ];

  const wanted = chosen([...standardTypes, ...schemas.map(customType)], choices);
  progress.start('Object types', wanted.length);
  const types = await inParallel(
    wanted,
    async (type): Promise<TypeDefinitions | undefined> => {
      const properties = await orGap(type.name, hubspot.properties.list(type.id, {}, options), undefined);
      if (properties === undefined) return undefined;
      return {
        type,
        properties,
        groups: await orGap(`property groups of ${type.name}`, hubspot.properties.groups(type.id, options), []),
        pipelines: type.pipeline
          ? await orGap(`pipelines of ${type.name}`, hubspot.pipelines.list(type.id, options), [])
          : [],
      };
    },
    (done) => progress.at(done),
  );

  const read = types.filter((found) => found !== undefined);
  const pairs = pairsOf(read.map(({ type }) => type));
  progress.start('Association labels', pairs.length);
  const labels = await inParallel(
    pairs,
    async ({ from, to }): Promise<LabelDefinitions> => {
      const what = `association labels of ${from.name} and ${to.name}`;
      const forward = await orGap(what, hubspot.associations.labels(from.id, to.id, options), []);
      const backward = forward.some(isOwn)
        ? await orGap(what, hubspot.associations.labels(to.id, from.id, options), [])
        : [];
      return { from, to, forward, backward };
    },
    (done) => progress.at(done),
  );
  return { account, owners, schemas, types: read, labels, gaps };
}

/** Whether the account made it. */
export function isOwn({ category }: AssociationLabel): boolean {
  return category === 'USER_DEFINED';
}

function chosen(all: readonly ObjectType[], choices: ReadChoices): readonly ObjectType[] {
  if (choices.types === undefined) return all;
  const words = choices.types.map((said) => said.toLowerCase());
  const stray = words.find((word) => !all.some((type) => wordsFor(type).includes(word)));
  if (stray !== undefined) throw choices.unknownType(stray);
  return all.filter((type) => wordsFor(type).some((word) => words.includes(word)));
}

function wordsFor({ name, id, singular, plural }: ObjectType): string[] {
  return [name, id, singular, plural].map((word) => word.toLowerCase());
}

/** Each two types once that may have labels between them: an activity has some with custom objects only. */
function pairsOf(types: readonly ObjectType[]): { from: ObjectType; to: ObjectType }[] {
  return types.flatMap((from, i) =>
    types.slice(i).flatMap((to) => {
      const associable = mayLink(from, to) || mayLink(to, from);
      const activity = activities.has(from.id) || activities.has(to.id);
      return associable && (!activity || from.custom || to.custom) ? [{ from, to }] : [];
    }),
  );
}

const mayLink = (from: ObjectType, to: ObjectType) => from.associableTo?.has(to.id) ?? true;

/** Refusals of one thing, not of everything: those are thrown on. */
const partial = new Set(['missing_scope', 'forbidden', 'not_found', 'validation', 'unsupported']);

function gapOf(what: string, error: unknown): Gap {
  if (!(error instanceof HubSpotError) || !partial.has(error.code)) throw error;
  return { what, missingScopes: error.missingScopes ?? [], message: error.message };
}
