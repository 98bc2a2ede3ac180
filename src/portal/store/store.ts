/** A portal's data: SQLite is the truth, in memory or in a file. One write is one transaction. */

import { type Database, type DatabaseOptions, openDatabase } from '../../sqlite.ts';
import type {
  Account,
  ExchangeRate,
  List,
  ListFolder,
  ObjectSchema,
  Owner,
  Pipeline,
  PipelineAudit,
  Property,
  PropertyGroup,
  Recalculation,
  SecurityActivity,
  StoredTeam,
  UserRole,
  ValidationRule,
} from '../facts/definitions.ts';
import { customObjectType, namesCustomType, type ObjectTypeFacts } from '../facts/object-type.ts';
import { objectTypes, standardObjectType } from '../facts/object-types.ts';
import { stageProperties } from '../facts/properties/stage-properties.ts';
import { type AssociationLimits, associationLimits } from './association-limits.ts';
import { type AssociationLabel, type AssociationTypes, associationTypes } from './association-types.ts';
import { type AssociationTables, associationTables } from './associations.ts';
import { beforeImages } from './before-images.ts';
import { counters } from './counters.ts';
import { type DefinitionSet, definitionTables } from './definitions.ts';
import { type ExportTables, exportTables } from './exports.ts';
import { type FileTables, fileTables } from './files.ts';
import { type FlowTables, flowTables } from './flows.ts';
import { type FormTables, formTables } from './forms.ts';
import { historyTable } from './history.ts';
import { type ImportTables, importTables } from './imports.ts';
import { type LinkedRecords, linkedRecords } from './linked-records.ts';
import { type ListMembers, listMembers } from './list-members.ts';
import { type ListStates, listStates } from './list-states.ts';
import { type OAuthTokens, oauthTokens } from './oauth-tokens.ts';
import { recordIds } from './record-ids.ts';
import { recordRows } from './record-rows.ts';
import { type RecordTables, recordTables } from './records.ts';
import { type Snapshots, snapshots } from './snapshots.ts';
import { type Transactions, transactions } from './transactions.ts';
import { type UniqueValues, uniqueValues } from './unique-values.ts';
import { type WebhookTables, webhookTables } from './webhooks.ts';

/** The scope of definitions that belong to the whole portal. */
export const PORTAL = '';

export interface Store extends Transactions {
  readonly records: RecordTables;
  readonly uniqueValues: UniqueValues;
  readonly associations: AssociationTables;
  readonly linkedRecords: LinkedRecords;
  readonly associationTypes: AssociationTypes;
  /** Those that the account set for itself. */
  readonly associationLimits: AssociationLimits;
  /** By object type id and property name, archived ones included. */
  readonly properties: DefinitionSet<Property>;
  /** By object type id and group name. */
  readonly propertyGroups: DefinitionSet<PropertyGroup>;
  /** By object type id and pipeline id. A pipeline brings the properties of its stages. */
  readonly pipelines: DefinitionSet<Pipeline>;
  /** By object type id and `pipeline/ID` or `stage/PIPELINE/ID`, oldest first. */
  readonly pipelineAudits: DefinitionSet<readonly PipelineAudit[]>;
  /** By object type id and property name. */
  readonly validations: DefinitionSet<readonly ValidationRule[]>;
  /** In scope `PORTAL`, by object type id; see ../calculated/recalculation.ts. */
  readonly recalculations: DefinitionSet<Recalculation>;
  /** In scope `PORTAL`, by object type id. */
  readonly schemas: DefinitionSet<ObjectSchema>;
  /** Fingerprints of addresses that were deleted for good, by object type id; see ../objects/gdpr-delete.ts. */
  readonly blockedEmails: DefinitionSet<true>;
  /** In scope `PORTAL`, by owner id. */
  readonly owners: DefinitionSet<Owner>;
  /** In scope `PORTAL`, by user id; see ../settings/users.ts. */
  readonly userRoles: DefinitionSet<UserRole>;
  /** In scope `PORTAL`, by team id: those that were made by themselves. */
  readonly teams: DefinitionSet<StoredTeam>;
  /** In scope `PORTAL`, by id; see ../settings/exchange-rates.ts. */
  readonly exchangeRates: DefinitionSet<ExchangeRate>;
  /** In scope `PORTAL`, by id: what was done to users. */
  readonly securityActivities: DefinitionSet<SecurityActivity>;
  /** An id that nothing of that kind ever had, `first` or higher. */
  nextId(kind: string, first: number): string;
  /** In scope `PORTAL`, under the name `account`. */
  readonly account: DefinitionSet<Account>;
  /** In scope `PORTAL`, by list id, deleted ones included. */
  readonly lists: DefinitionSet<List>;
  readonly listMembers: ListMembers;
  readonly listStates: ListStates;
  /** In scope `PORTAL`, by folder id; the root is not stored. */
  readonly listFolders: DefinitionSet<ListFolder>;
  readonly exports: ExportTables;
  readonly files: FileTables;
  readonly forms: FormTables;
  readonly imports: ImportTables;
  readonly oauthTokens: OAuthTokens;
  readonly webhooks: WebhookTables;
  readonly flows: FlowTables;
  readonly snapshots: Snapshots;
  /** More kinds of definitions, for resources that bring their own. */
  definitions<T>(kind: string): DefinitionSet<T>;
  /** Grows whenever a definition may have changed; for caches derived from definitions. */
  readonly revision: number;
  /** The type that a path segment means: id, name, singular, fully qualified or bare custom name; without case. */
  objectType(segment: string): ObjectTypeFacts | undefined;
  /** Every type of this portal, custom ones last. */
  objectTypes(): ObjectTypeFacts[];
  close(): void;
}

export interface StoreOptions extends DatabaseOptions {
  /** The distance from the last record id to the next. */
  nextStep(): number;
}

/** Opens the store. @throws DatabaseInUse */
export function openStore(options: StoreOptions): Store {
  const database: Database = openDatabase(options);
  const tables = definitionTables(database);
  const ids = counters(database);
  const schemas = tables.set<ObjectSchema>('schema');
  const types = associationTypes(tables.set<AssociationLabel>('associationType'), () => tables.revision);

  const rows = recordRows(database);
  const history = historyTable(database);
  const recordId = recordIds(database, { nextStep: () => options.nextStep(), flush: (typeId) => rows.flush(typeId) });
  /** What is remembered of the rows holds no more. */
  const forget = () => {
    rows.forget();
    history.forget();
    recordId.forget();
  };
  const { transactions: run, journal } = transactions(database, {
    flush: () => rows.flush(),
    begin() {
      const { revision } = tables;
      return {
        rolledBack() {
          forget();
          if (tables.revision !== revision) tables.forget();
        },
      };
    },
    committed() {
      rows.forget();
      history.forget();
    },
  });

  const properties = tables.set<Property>('property');
  const uniqueNames = derived(
    () => tables.revision,
    () => new Map<string, readonly string[]>(),
  );
  const unique: UniqueValues = uniqueValues(database, (typeId) => {
    const known = uniqueNames().get(typeId);
    if (known) return known;
    const unique = properties.list(typeId).filter((property) => property.hasUniqueValue && !property.archived);
    const names = [...new Set([...(typeId === '0-1' ? ['email'] : []), ...unique.map(({ name }) => name)])];
    uniqueNames().set(typeId, names);
    return names;
  });
  const records = recordTables({ rows, ids: recordId, history, unique }, journal);
  const pipelines = tables.set<Pipeline>('pipeline');
  const putPipeline = (typeId: string, id: string, pipeline: Pipeline) => {
    const before = pipelines.get(typeId, id);
    pipelines.put(typeId, id, pipeline);
    for (const property of stageProperties(typeId, pipeline)) {
      if (!properties.get(typeId, property.name)) properties.put(typeId, property.name, property);
    }
    // What is calculated from a stage holds for every record in it.
    if (!before || sameMetadata(before, pipeline)) return;
    run.touch([...records.values(typeId, 'hs_object_id')].map(({ id }) => ({ typeId, id })));
  };
  const limits = associationLimits(tables.set('associationLimit'));
  const associations = associationTables(database, {
    types,
    limits,
    // Whoever reads values of a record that it is linked with is told by being linked itself.
    changed: (record) => journal.changed(record, noValues),
    happened: (change) => journal.happened(change),
  });

  const customTypes = derived(
    () => tables.revision,
    () =>
      schemas
        .list(PORTAL)
        .filter((schema) => !schema.archived)
        .map((schema) => ({ schema, type: customObjectType(schema) })),
  );

  const store: Store = {
    records,
    uniqueValues: unique,
    associations,
    linkedRecords: linkedRecords(database, (typeId) => rows.flush(typeId)),
    associationTypes: types,
    associationLimits: limits,
    properties,
    propertyGroups: tables.set('propertyGroup'),
    pipelines: { ...pipelines, put: putPipeline },
    pipelineAudits: tables.set('pipelineAudit'),
    validations: tables.set('validation'),
    recalculations: tables.set('recalculation'),
    schemas,
    blockedEmails: tables.set('blockedEmail'),
    owners: tables.set('owner'),
    userRoles: tables.set('userRole'),
    teams: tables.set('team'),
    exchangeRates: tables.set('exchangeRate'),
    securityActivities: tables.set('securityActivity'),
    nextId: (kind, first) => ids.next(kind, first),
    account: tables.set('account'),
    exports: exportTables(database, ids),
    files: fileTables(database, ids, tables.set('fileSecret')),
    forms: formTables(database, ids, tables),
    imports: importTables(database, ids),
    lists: tables.set('list'),
    listMembers: listMembers(database),
    listStates: listStates(database),
    listFolders: tables.set('listFolder'),
    oauthTokens: oauthTokens(database),
    webhooks: webhookTables(database, ids, tables),
    flows: flowTables(ids, tables),
    snapshots: snapshots(beforeImages(database), {
      store: () => store,
      restored(touched) {
        if (journal.depth > 1) throw new Error('A snapshot is restored on its own, not inside a transaction.');
        tables.forget();
        associations.forget();
        forget();
        journal.restored(touched);
      },
      flush: () => rows.flush(),
    }),
    definitions: (kind) => tables.set(kind),
    get revision() {
      return tables.revision;
    },
    objectType: (segment) =>
      standardObjectType(segment) ?? customTypes().find(({ schema }) => namesCustomType(schema, segment))?.type,
    objectTypes: () => [...objectTypes, ...customTypes().map(({ type }) => type)],
    ...run,
    close: () => database.close(),
  };
  return store;
}

const noValues: ReadonlySet<string> = new Set();

function sameMetadata(a: Pipeline, b: Pipeline): boolean {
  return JSON.stringify(metadata(a)) === JSON.stringify(metadata(b));
}

function metadata({ stages }: Pipeline): unknown[] {
  return stages.map((stage) => [stage.id, stage.metadata]);
}

/** What `make` gives, made again when the revision has moved on. */
function derived<T>(revision: () => number, make: () => T): () => T {
  let made: { at: number; value: T } | undefined;
  return () => {
    if (made?.at !== revision()) made = { at: revision(), value: make() };
    return made.value;
  };
}
