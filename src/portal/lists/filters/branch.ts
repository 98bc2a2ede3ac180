/**
 * A list's filters as one test of records.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/lists/filters/guide, compared 2026-11-22: the root is an OR
 * of ANDs; filters stand in the ANDs and in the branches below them. Guess: what NOT_ALL and NOT_ANY mean, and that they
 * stand below an AND.
 */

import { isSearchable } from '../../definitions/sensitive-data.ts';
import { notEmulated } from '../../errors.ts';
import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import type { AssociationType } from '../../store/association-types.ts';
import type { Store } from '../../store/store.ts';
import { FilterInput, refused } from './input.ts';
import type { Moment } from './moment.ts';
import { readOperation, type Test } from './operation.ts';
import { type Subject, subjectOf } from './subject.ts';

/** Filters that were read: the test, and whose changes may change its answer. */
export interface ListFilters {
  readonly test: Test;
  /** Ways from a record of the list over associated ones, by their type ids: a change at the end may matter at the start. */
  readonly paths: readonly (readonly string[])[];
  /** What they are about, by object type: who may not see such values may not filter by them. */
  readonly properties: readonly { readonly type: ObjectTypeFacts; readonly name: string }[];
  /** The lists that it looks into. */
  readonly listIds: ReadonlySet<string>;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads and checks a definition for records of a type. `listId`: the list that it is for. @throws PortalError 400, 501 */
export function readFilters(store: Store, type: ObjectTypeFacts, definition: unknown): ListFilters {
  const reader = new BranchReader(store);
  const root = new FilterInput(definition, 'filterBranch');
  root.oneOf('filterBranchType', branchTypes);
  if (root.text('filterBranchType') !== 'OR') {
    throw refused('The root filterBranch must be of filterBranchType OR', 'ListError.INVALID_FILTER_BRANCH');
  }
  if (root.inners('filters', 'filter').length > 0) {
    throw refused('The root filterBranch cannot have filters of its own', 'ListError.INVALID_FILTER_BRANCH');
  }
  const branches = root.inners('filterBranches', 'filterBranch');
  const other = branches.find((branch) => branch.oneOf('filterBranchType', branchTypes) !== 'AND');
  if (branches.length === 0 || other) {
    throw refused('The root filterBranch must have AND branches, and only those', 'ListError.INVALID_FILTER_BRANCH');
  }
  const tests = branches.map((branch) => reader.branch(branch, [type], 1));
  return {
    test: (subject, moment) => tests.some((test) => test(subject, moment)),
    paths: reader.paths,
    properties: reader.properties,
    listIds: reader.listIds,
  };
}

/** The definition with what HubSpot adds to it: every operator of a branch, empty lists, and whether no value counts. */
export function completed(definition: Json): Json {
  const { filterBranchType, filterBranches, filters } = definition;
  const operator = filterBranchType === 'ASSOCIATION' ? 'AND' : filterBranchType;
  return {
    ...definition,
    filterBranches: objects(filterBranches).map(completed),
    filters: objects(filters).map(completedFilter),
    filterBranchOperator: definition['filterBranchOperator'] ?? operator,
  };
}

function completedFilter(filter: Json): Json {
  const [operation] = objects([filter['operation']]);
  return operation ? { ...filter, operation: { includeObjectsWithNoValueSet: false, ...operation } } : filter;
}

function objects(value: unknown): Json[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each: unknown): each is Json => typeof each === 'object' && each !== null);
}

const branchTypes = [
  'OR',
  'AND',
  'NOT_ALL',
  'NOT_ANY',
  'RESTRICTED',
  'UNIFIED_EVENTS',
  'PROPERTY_ASSOCIATION',
  'ASSOCIATION',
] as const;

/** What HubSpot also filters by, and this portal has no data of. */
const elsewhere = [
  'PAGE_VIEW',
  'CTA',
  'EVENT',
  'FORM_SUBMISSION',
  'FORM_SUBMISSION_ON_PAGE',
  'INTEGRATION_EVENT',
  'EMAIL_SUBSCRIPTION',
  'COMMUNICATION_SUBSCRIPTION',
  'CAMPAIGN_INFLUENCED',
  'SURVEY_MONKEY',
  'SURVEY_MONKEY_VALUE',
  'WEBINAR',
  'EMAIL_EVENT',
  'PRIVACY',
  'ADS_SEARCH',
  'ADS_TIME',
  'UNIFIED_EVENTS',
  'PROPERTY_ASSOCIATION',
] as const;

const filterTypes = ['PROPERTY', 'IN_LIST', 'ASSOCIATION', 'NUM_ASSOCIATIONS', 'CONSTANT', ...elsewhere] as const;

/** Guess: HubSpot's own limit is not documented; this one keeps a definition from exhausting the portal. */
const MAX_DEPTH = 20;

class BranchReader {
  readonly paths: string[][] = [];
  readonly properties: { type: ObjectTypeFacts; name: string }[] = [];
  readonly listIds = new Set<string>();
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** `types`: from the list's records to those that the branch is about. */
  branch(input: FilterInput, types: readonly ObjectTypeFacts[], depth: number): Test {
    if (depth > MAX_DEPTH) throw refused('The filterBranches are nested too deeply', 'ListError.INVALID_FILTER_BRANCH');
    const kind = input.oneOf('filterBranchType', branchTypes);
    switch (kind) {
      case 'RESTRICTED':
      case 'UNIFIED_EVENTS':
      case 'PROPERTY_ASSOCIATION':
        throw notEmulated(`list filters of filterBranchType ${kind}`);
      case 'ASSOCIATION':
        return this.#associated(input, types, depth);
      case 'OR':
      case 'NOT_ANY':
      case 'AND':
      case 'NOT_ALL': {
        const tests = this.#parts(input, types, depth);
        const wanted = kind === 'OR' || kind === 'AND';
        const any = kind === 'OR' || kind === 'NOT_ANY';
        return (subject, moment) =>
          (any ? tests.some((test) => test(subject, moment)) : tests.every((test) => test(subject, moment))) === wanted;
      }
    }
  }

  /** Its filters first: they cost less than associated records. */
  #parts(input: FilterInput, types: readonly ObjectTypeFacts[], depth: number): Test[] {
    return [
      ...input.inners('filters', 'filter').map((filter) => this.#filter(filter, types)),
      ...input.inners('filterBranches', 'filterBranch').map((branch) => this.branch(branch, types, depth + 1)),
    ];
  }

  #filter(input: FilterInput, types: readonly ObjectTypeFacts[]): Test {
    const kind = input.oneOf('filterType', filterTypes);
    const type = last(types);
    switch (kind) {
      case 'PROPERTY':
        return this.#property(input, type);
      case 'IN_LIST': {
        const listId = this.#list(input, type);
        const wanted = isIn(input);
        return (subject) => this.#store.listMembers.has(listId, subject.id) === wanted;
      }
      case 'ASSOCIATION': {
        const target = this.#targetOf(input, type);
        this.paths.push([...types.map(({ id }) => id), target.toTypeId]);
        const listId = this.#list(input, this.#type(target.toTypeId));
        const wanted = isIn(input);
        return (subject, moment) =>
          this.#linked(subject, target, moment).some((id) => this.#store.listMembers.has(listId, id)) === wanted;
      }
      case 'NUM_ASSOCIATIONS': {
        const target = this.#targetOf(input, type);
        const refine = input.inner('coalescingRefineBy', 'coalescingRefineBy');
        refine.oneOf('type', ['NUM_OCCURRENCES']);
        const most = Number.MAX_SAFE_INTEGER;
        const min = refine.whole('minOccurrences', { min: 0, max: most, otherwise: 0 });
        const max = refine.whole('maxOccurrences', { min: 0, max: most, otherwise: most });
        return (subject, moment) => {
          const count = this.#linked(subject, target, moment).length;
          return count >= min && count <= max;
        };
      }
      case 'CONSTANT': {
        const accepted = input.flag('shouldAccept');
        return () => accepted;
      }
      default:
        throw notEmulated(`list filters of filterType ${kind}`);
    }
  }

  #property(input: FilterInput, type: ObjectTypeFacts): Test {
    const name = input.text('property');
    const property = this.#store.properties.get(type.id, name);
    if (!property || property.archived) {
      throw refused(
        `The property ${name} does not exist for the object type ${type.id}`,
        'ListError.PROPERTY_DOES_NOT_EXIST',
      );
    }
    if (!isSearchable(property)) {
      // Guess: the words for highly sensitive properties; that lists do not filter by them is documented.
      throw refused(`The property ${name} is highly sensitive`, 'ListError.INVALID_OPERATION_FOR_PROPERTY_TYPE');
    }
    this.properties.push({ type, name });
    return readOperation(input.inner('operation', 'operation'), property);
  }

  #associated(input: FilterInput, types: readonly ObjectTypeFacts[], depth: number): Test {
    const target = this.#targetOf(input, last(types));
    const type = this.#type(target.toTypeId);
    const wanted = isIn(input);
    const path = [...types, type];
    this.paths.push(path.map(({ id }) => id));
    const tests = this.#parts(input, path, depth);
    return (subject, moment) => {
      const passes = (id: string) => {
        const record = this.#store.records.get(type.id, id);
        if (!record || record.archivedAt !== null) return false;
        const associated = subjectOf(this.#store, type, record);
        return tests.every((test) => test(associated, moment));
      };
      return this.#linked(subject, target, moment).some(passes) === wanted;
    };
  }

  /** The ids of the records that are associated in that way. */
  #linked(subject: Subject, target: AssociationType, moment: Moment): readonly string[] {
    if (moment.whole) {
      return moment.links(target, () => this.#store.associations.allOfType(target)).get(subject.id) ?? [];
    }
    const from = { typeId: subject.type.id, id: subject.id };
    return this.#store.associations
      .list(from, target.toTypeId, { limit: -1 })
      .filter(({ types }) => types.some((type) => type.typeId === target.typeId && type.category === target.category))
      .map(({ id }) => id);
  }

  /** The association type that a filter names, from the records that it is about. */
  #targetOf(input: FilterInput, from: ObjectTypeFacts): AssociationType {
    const category = input.oneOf('associationCategory', [
      'HUBSPOT_DEFINED',
      'USER_DEFINED',
      'INTEGRATOR_DEFINED',
      'WORK',
    ]);
    const typeId = input.whole('associationTypeId', { min: 1, max: 2 ** 31 });
    const target = this.#store.associationTypes.from(from.id, { category, typeId });
    const said = input.textIf('objectTypeId') ?? input.textIf('toObjectTypeId');
    if (!target || (said !== undefined && said !== target.toTypeId)) {
      throw refused(
        `The association type ${category} ${typeId} does not exist from the object type ${from.id}${said === undefined ? '' : ` to ${said}`}`,
        'ListError.INVALID_ASSOCIATION',
      );
    }
    return target;
  }

  #type(id: string): ObjectTypeFacts {
    const type = this.#store.objectType(id);
    if (!type) throw refused(`The object type ${id} does not exist`, 'ListError.INVALID_OBJECT_TYPE');
    return type;
  }

  /** The list that a filter looks into; it must hold records of the type. */
  #list(input: FilterInput, type: ObjectTypeFacts): string {
    const listId = input.text('listId');
    const list = this.#store.lists.get('', listId);
    if (!list || list.deletedAt !== undefined || list.objectTypeId !== type.id) {
      throw refused(
        `The list ${listId} does not exist for the object type ${type.id}`,
        'ListError.LIST_DOES_NOT_EXIST',
      );
    }
    this.listIds.add(listId);
    return listId;
  }
}

function isIn(input: FilterInput): boolean {
  return input.oneOf('operator', ['IN_LIST', 'NOT_IN_LIST']) === 'IN_LIST';
}

function last(types: readonly ObjectTypeFacts[]): ObjectTypeFacts {
  const type = types.at(-1);
  if (!type) throw new Error('A filter is about no object type.');
  return type;
}
