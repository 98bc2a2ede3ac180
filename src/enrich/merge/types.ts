/** What a plan of a merge is. Contracts only. */

/** A record as it was when the plan was made. */
export interface RecordNow {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  /** Wall time of each property's value, and where it came from, where HubSpot told. */
  readonly sources?: Readonly<Record<string, { readonly at: number; readonly source: string }>>;
  readonly createdAt?: number;
  readonly updatedAt?: number;
  /** How many, by object type. */
  readonly associations: Readonly<Record<string, number>>;
}

export interface FieldChoice {
  readonly property: string;
  readonly keep: string;
  /** The record whose value it is. */
  readonly from: string;
  /** In words: `valid over invalid`, `the later change`, ... */
  readonly rule: string;
  /** Values that are nowhere afterwards. */
  readonly loses: readonly { readonly id: string; readonly value: string }[];
  /** Neither is clearly right. */
  readonly needsHuman?: boolean;
  /** The survivor does not have it yet: it is written before the merge. */
  readonly write: boolean;
}

export interface MergePlan {
  readonly objectType: string;
  /** The primary of HubSpot's merge. */
  readonly survivor: string;
  readonly survivorReasons: readonly string[];
  /** In the order in which they are merged into it. */
  readonly losers: readonly string[];
  readonly fields: readonly FieldChoice[];
  readonly sideEffects: readonly string[];
  /** Reasons for which it must not be carried out. */
  readonly refusals: readonly string[];
  /** Of everything above and of the values it rests on. */
  readonly digest: string;
}
