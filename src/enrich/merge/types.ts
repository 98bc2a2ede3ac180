/** What a plan of a merge is, and what it is made of. */

/** A record as it was when the plan was made. */
export interface RecordNow {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  /** Since when each property has its value, as far as that means anything, and where it came from. */
  readonly sources: Readonly<Record<string, ValueSource>>;
  /** Wall time in milliseconds since the epoch. */
  readonly createdAt: number;
  /** Ids of what it is linked with, by object type, in one order; a type without any is left out. */
  readonly associations: Readonly<Record<string, readonly string[]>>;
  /** Its primary company, where it has one. */
  readonly primary?: string;
  readonly openDeals: number;
  readonly wonDeals: number;
}

/** As HubSpot's history tells it. */
export interface ValueSource {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** HubSpot's `sourceType`, such as `FORM` or `IMPORT`. */
  readonly type: string;
}

/** One property of the records' type, as far as a plan cares. */
export interface PropertyFacts {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'option' | 'options';
  /** False: HubSpot sets it, or whoever runs this server does not let it be written. */
  readonly writable: boolean;
  /** HubSpot alone sets it, and may do so at any time. */
  readonly hubspots: boolean;
  /** The policy shows no value of it as it is. */
  readonly masked?: boolean;
  readonly unique: boolean;
  /** Option values in their order; none of other kinds. */
  readonly order: readonly string[];
}

/** What is to become one. */
export interface MergeInput {
  readonly portalId: number;
  /** HubSpot's name of the type, such as `contacts`. */
  readonly objectType: string;
  readonly properties: readonly PropertyFacts[];
  /** The properties of pipeline and stage, which go together. */
  readonly pipeline?: { readonly pipelineProperty: string; readonly stageProperty: string };
  /** In any order. */
  readonly records: readonly RecordNow[];
  /** As the caller wants it. */
  readonly survivor?: string;
  /** Property -> the record whose value is to be kept, as the caller wants it. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Of which somebody said that they are two; the ids may be earlier ones. */
  readonly apart?: readonly ApartPair[];
}

export interface ApartPair {
  readonly ids: readonly [string, string];
  readonly by: string;
  /** Wall time in milliseconds since the epoch. */
  readonly at: number;
  /** In that person's words. */
  readonly reason?: string;
}

export interface LostValue {
  readonly id: string;
  readonly value: string;
}

export interface FieldChoice {
  readonly property: string;
  readonly keep: string;
  /** The records whose value it is; several where they agree, or where options of several are united. */
  readonly from: readonly string[];
  /** In words: `valid over invalid`, `later change`, ... */
  readonly rule: string;
  /** The records have more than one value. */
  readonly contested: boolean;
  /** Values that no record has afterwards. */
  readonly loses: readonly LostValue[];
  /** Neither is clearly right; false once the caller has chosen. */
  readonly needsHuman: boolean;
  /** The survivor does not have it yet: it is written before the merge. */
  readonly write: boolean;
}

export interface MergePlan {
  readonly objectType: string;
  /** The primary record of HubSpot's merge. */
  readonly survivor: string;
  readonly survivorReasons: readonly string[];
  /** In the order in which they are merged into it. */
  readonly losers: readonly string[];
  /** Properties in which the records differ, by name. */
  readonly fields: readonly FieldChoice[];
  /** Names of properties that have one and the same value in all of them. */
  readonly same: readonly string[];
  /** Names of properties that differ and that only HubSpot sets. */
  readonly leftAlone: readonly string[];
  readonly sideEffects: readonly string[];
  /** Reasons for which it must not be carried out. */
  readonly refusals: readonly string[];
  /** Of the records, those of which somebody said that they are two. */
  readonly apart: readonly ApartPair[];
  /** Of everything above and of the values that it rests on. */
  readonly digest: string;
}
