/** Who may do what to which property: the words of this room. Pure; it imports nothing when it runs. */

/** What a write does to records or to what they look like. */
export type WriteOperation =
  | 'create'
  | 'update'
  | 'upsert'
  | 'archive'
  | 'merge'
  | 'associate'
  | 'dissociate'
  | 'define';

/** One operation of a call on one object type, as the policy judges it, after every row was checked. */
export interface WriteSummary {
  readonly tool: string;
  readonly operation: WriteOperation;
  /** The name tools use, such as `contacts`; of a definition the type it belongs to. */
  readonly objectType: string;
  /** Every property that any row sets. */
  readonly properties: readonly string[];
  readonly rows: number;
  /** A definition is taken away, not made or changed. */
  readonly removesDefinition?: boolean;
  /** The session has read text that people outside wrote. */
  readonly tainted: boolean;
  /** The records are a search's matches, not named ones. */
  readonly bulk: boolean;
  readonly sandbox: boolean;
}

export type Decision =
  | { readonly verdict: 'allow' }
  | {
      readonly verdict: 'approve';
      readonly reason: 'archive' | 'merge' | 'definition' | 'bulk' | 'policy' | 'tainted';
      /** Where the client can show no form. */
      readonly withoutForm: 'token' | 'refuse' | 'allow';
    }
  /** `message` says which rule, and what to do. */
  | { readonly verdict: 'refuse'; readonly code: string; readonly message: string };

/** What may be seen and done with a property. `deny`: for everybody here it does not exist. `mask`: seen in part, never written, filtered or sorted. */
export type PropertyAccess = 'allow' | 'read' | 'mask' | 'deny';

export interface ToolFacts {
  readonly name: string;
  readonly toolset: string;
  readonly effect: string;
}

export interface Policy {
  /** Why a tool is not served; undefined when it is. */
  refusesTool(tool: ToolFacts): string | undefined;
  /** The strictest of what all rules say: deny beats approve beats allow. */
  decide(write: WriteSummary): Decision;
  access(objectType: string, property: string): PropertyAccess;
  /** What a value looks like where it is masked. */
  mask(objectType: string, property: string, value: string): string;
  /**
   * What stands against the values of one row: a required property that a create leaves out or any write clears, or a
   * value of the wrong format. HubSpot's stored form of the values.
   */
  objection(
    operation: WriteOperation,
    objectType: string,
    values: Readonly<Record<string, string>>,
  ): { readonly property: string; readonly message: string } | undefined;
  readonly budgets: Budgets;
  /** This policy and another one, whichever is stricter at each point: a request can tighten, never loosen. */
  tightened(by: unknown): Policy;
}

/** Per caller and hour or day; absent: no limit. */
export interface Budgets {
  readonly callsPerHour?: number;
  readonly writesPerDay?: number;
  readonly rowsReadPerDay?: number;
}
