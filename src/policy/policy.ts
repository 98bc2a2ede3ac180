/** Who may do what to which property: the words of this room. */

/** What a write does to records or to what they look like. */
export type WriteOperation =
  | 'create'
  | 'update'
  | 'upsert'
  | 'archive'
  | 'merge'
  | 'associate'
  | 'dissociate'
  | 'define'
  /** Of findings, which are this server's own. */
  | 'dismiss';

/** One operation of a call on one object type, as the policy judges it, after every row was checked. */
export interface WriteSummary {
  readonly operation: WriteOperation;
  /** The name tools use, such as `contacts`; of a definition the type it belongs to. */
  readonly objectType: string;
  /** Of an association, the type at its other end. */
  readonly toObjectType?: string;
  /** A new record is associated at once with one that is there. */
  readonly linked?: boolean;
  /** Every property that any row sets. */
  readonly properties: readonly string[];
  readonly rows: number;
  /** What the session has written within the last hour: archived, of an archive; written at all, of another. 0 if omitted. */
  readonly earlier?: number;
  /** A definition is taken away, not made or changed. */
  readonly removesDefinition?: boolean;
  /** The session has read text that people outside wrote. */
  readonly tainted: boolean;
  readonly sandbox: boolean;
  /** The same task has run to its end on a sandbox account; the journal says so. */
  readonly rehearsed?: boolean;
}

export type ApprovalKind =
  | 'archive'
  | 'archiveMany'
  | 'merge'
  | 'definition'
  | 'removeDefinition'
  | 'bulk'
  | 'policy'
  | 'tainted';

/** Where the client can show no form: a single-use token, which a model can pass on by itself; no; or yes. */
export type WithoutForm = 'token' | 'refuse' | 'allow';

export type Decision =
  | { readonly verdict: 'allow' }
  | {
      readonly verdict: 'approve';
      readonly reason: Exclude<ApprovalKind, 'archiveMany' | 'removeDefinition'>;
      readonly withoutForm: WithoutForm;
    }
  /** `message` says which rule, `next` what to do. */
  | { readonly verdict: 'refuse'; readonly code: string; readonly message: string; readonly next: string };

/** What may be seen and done with a property. `deny`: for everybody here it does not exist. `mask`: seen in part, never written, filtered or sorted. */
export type PropertyAccess = 'allow' | 'read' | 'mask' | 'deny';

export interface ToolFacts {
  readonly name: string;
  readonly toolset: string;
  /** Of `default`, though its toolset is not. */
  readonly byDefault?: true;
  readonly effect: string;
}

/** Why something is refused, as the one error shape says it. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}

export interface Objection {
  readonly property: string;
  readonly message: string;
}

export interface Policy {
  /** Why a tool is not served; undefined when it is. */
  refusesTool(tool: ToolFacts): Refusal | undefined;
  /** The strictest of what all rules say: deny beats approve beats allow. */
  decide(write: WriteSummary): Decision;
  access(objectType: string, property: string): PropertyAccess;
  /** Some property of some type is not simply allowed: without it nothing has to be looked at. */
  readonly restrictsProperties: boolean;
  /** A rule about properties names a type that HubSpot does not bring along. */
  readonly namesCustomTypes: boolean;
  /**
   * What stands against the values of one row: a required property that a create leaves out or any write clears, or a
   * value of the wrong format. HubSpot's stored form of the values.
   */
  objection(
    operation: WriteOperation,
    objectType: string,
    values: Readonly<Record<string, string>>,
  ): Objection | undefined;
  readonly budgets: Budgets;
  /** Portals on which a large write has to be tried first. */
  readonly sandboxes: readonly number[];
  readonly merges: MergeCaps;
  /** This policy and what a request says, whichever is stricter at each point. Throws {@link PolicyFileError} when it says nothing sensible. */
  tightened(by: unknown): Policy;
}

/** Per caller and hour or day; absent: no limit. */
export interface Budgets {
  readonly callsPerHour?: number;
  readonly writesPerDay?: number;
  readonly rowsReadPerDay?: number;
  /** `server`: all callers together, where a caller could change its name. `caller` if omitted. */
  readonly of?: 'caller' | 'server';
}

/** How many records may be merged into others, by all who share the account: in one run of a caller, and within 24 hours. */
export interface MergeCaps {
  readonly perRun: number;
  readonly perDay: number;
}

/** A policy that cannot be read: where in it, what is wrong, and what would do. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
}
