/**
 * What a write is, as data: a plan is checked row by row, and each row that passes is one {@link Change}. Changes are
 * plain data and not closures, so that they can be previewed, written down before they are sent, and taken back.
 */

import type { AssociationType, ObjectType, UserError } from '../crm/index.ts';
import type { HubSpotError } from '../hubspot/index.ts';
import type { DefinitionChange } from './definition-change.ts';
import type { Snapshot } from './record-snapshot.ts';

/** Property values as HubSpot stores them; `''` clears. */
export type Values = Readonly<Record<string, string>>;

/** One record; ids are unique only inside an object type. */
export interface RecordId {
  readonly objectType: ObjectType;
  readonly id: string;
}

/** One record goes into another, for good. */
export interface MergeChange {
  readonly kind: 'merge';
  readonly objectType: ObjectType;
  /** The record that stays, by the id that it had when this was planned. */
  readonly id: string;
  /** The id that an earlier merge of the same call has given it. */
  readonly now?: string;
  readonly loser: string;
  /** What the loser held of the planned properties, `''` for none. When it holds anything else, it is not merged. */
  readonly held: Values;
  /** What the record is to hold once they are one; what it must hold before, but for what only the merge brings. */
  readonly expected: Values;
  /** Of those, what comes with the loser. */
  readonly brought: readonly string[];
  /** Properties whose value of the loser is nowhere afterwards. */
  readonly lost: readonly string[];
  /** Properties of which a person has to say what they become. */
  readonly undecided: readonly string[];
}

export type RecordChange =
  | {
      readonly kind: 'create';
      readonly objectType: ObjectType;
      readonly properties: Values;
      readonly associations: readonly { readonly to: RecordId; readonly types: readonly AssociationType[] }[];
    }
  | {
      readonly kind: 'update';
      readonly objectType: ObjectType;
      readonly id: string;
      readonly properties: Values;
      /** Properties whose value HubSpot takes only once the old one is cleared: a lifecycle stage that goes back. */
      readonly clearFirst?: readonly string[];
    }
  | {
      readonly kind: 'upsert';
      readonly objectType: ObjectType;
      readonly idProperty: string;
      readonly value: string;
      readonly properties: Values;
    }
  | { readonly kind: 'archive'; readonly objectType: ObjectType; readonly id: string }
  | MergeChange;

export type AssociationChange =
  | {
      readonly kind: 'associate';
      readonly from: RecordId;
      readonly to: RecordId;
      /** The whole label set the pair is to have; empty for the default, unlabelled association. */
      readonly types: readonly AssociationType[];
    }
  | {
      readonly kind: 'dissociate';
      readonly from: RecordId;
      readonly to: RecordId;
      /** The labels to take away; empty to end the association. */
      readonly types: readonly AssociationType[];
    };

export type Change = RecordChange | AssociationChange | DefinitionChange;

/** Values that a row asked for and that are left as they are on purpose, by property. */
export type KeptValues = Readonly<Record<string, { readonly asked: string; readonly found: string }>>;

/** What the check made of one row: its change, that nothing is left to change, or why it must not be sent. */
export type CheckedRow =
  | {
      readonly change: Change;
      /** Current values of what is about to change, as far as they had to be read. */
      readonly before?: Readonly<Record<string, string | null>>;
      /** The records of a merge, whole. */
      readonly merged?: readonly Snapshot[];
      /** The check has looked for the record of an upsert, and there is none. */
      readonly absent?: true;
      /** Labels of the pair, where they had to be read. */
      readonly beforeTypes?: readonly AssociationType[];
      readonly kept?: KeptValues;
      /** What a person should know about this row. */
      readonly note?: string;
    }
  /** The id of a record that keeps every value it has. */
  | { readonly unchanged: string; readonly kept: KeptValues }
  | { readonly refused: UserError | HubSpotError; readonly id?: string };

/** What every writing tool takes beside its own arguments. */
export interface WriteArguments {
  readonly dryRun?: boolean | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly approvalToken?: string | undefined;
}

/** What one call wants written. */
export interface Plan {
  /** The tool's name; with `input` it is what an `idempotencyKey` stands for. */
  readonly tool: string;
  /** The call's parsed arguments. */
  readonly input: WriteArguments & Readonly<Record<string, unknown>>;
  /** The job whose batch this is. */
  readonly job?: string;
  /**
   * The rows stand for so many, all alike: a person is asked about the whole, once, and the policy judges the whole.
   * `digest` says which whole it is.
   */
  readonly sampleOf?: { readonly rows: number; readonly digest: string };
  /** The calls that this one takes back. */
  readonly undoes?: readonly string[];
  /** What the caller should know of the call as a whole, whatever becomes of its rows. */
  readonly notes?: readonly string[];
  /** So many lines a dry run shows at most; 200 if omitted. */
  readonly previewLines?: number;
  /** The rows are steps of one thing: when one of them must not be sent, the call is refused with what stands against it. */
  readonly whole?: true;
  /**
   * Reads what it must, changes nothing, and gives each row of the call its change or the reason against it, in order.
   * It throws only for what concerns the whole call.
   */
  check(): Promise<readonly CheckedRow[]>;
}
