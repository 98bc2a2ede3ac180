/** What a check of the anomalies is, what it sees, and what it finds. Contracts only. */

import type { Table } from '../table.ts';

/** `high` breaks revenue, compliance or data; `medium` distorts reports; `low` is cosmetic. */
export type Severity = 'high' | 'medium' | 'low';

/** All that checks see of a portal. Plain data; a type or a property that the portal does not have is absent. */
export interface PortalData {
  /** Wall time in milliseconds since the epoch: checks have no clock of their own. */
  readonly now: number;
  /** IANA name; days are counted in it. */
  readonly timeZone: string;
  /** Records by HubSpot's object type name. */
  readonly tables: ReadonlyMap<string, Table>;
  /** Definitions by object type, then by property. */
  readonly properties: ReadonlyMap<string, ReadonlyMap<string, PropertyFacts>>;
  readonly owners: readonly OwnerFacts[];
  readonly pipelines: ReadonlyMap<string, readonly PipelineFacts[]>;
  /** ISO 4217, the home currency first. */
  readonly currencies: readonly string[];
  /** ISO 3166-1 alpha-2: of phone numbers that name no country. */
  readonly country: string;
  /** Associations by `from>to` (`deals>companies`), where they were read: rows of `from` to ids of `to`. */
  readonly associations: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** Earlier values by object type, record id and property, the newest first, where they were read. */
  readonly history: ReadonlyMap<string, ReadonlyMap<string, readonly PastValue[]>>;
  /** The operator's rules file, if there is one. */
  readonly rules?: Rules;
}

export interface PropertyFacts {
  readonly name: string;
  readonly label: string;
  /** HubSpot's `type`: string, number, enumeration, bool, date, datetime, phone_number. */
  readonly type: string;
  readonly fieldType: string;
  readonly calculated: boolean;
  readonly hubspotDefined: boolean;
  readonly options: readonly { readonly value: string; readonly label: string; readonly hidden: boolean }[];
  readonly updatedAt?: number;
}

export interface OwnerFacts {
  readonly id: string;
  readonly email: string;
  readonly archived: boolean;
}

export interface PipelineFacts {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly {
    readonly id: string;
    readonly label: string;
    readonly order: number;
    /** 0 to 1, deals only. */
    readonly probability?: number;
    readonly closed: boolean;
  }[];
}

export interface PastValue {
  readonly property: string;
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** HubSpot's sourceType and sourceId. */
  readonly source: string;
}

/** What a portal calls things, from a file of its operator. */
export interface Rules {
  readonly version: 1;
  readonly naming?: readonly {
    readonly objectType: string;
    readonly property: string;
    /** RE2 syntax; the whole value has to match. */
    readonly pattern: string;
    /** What the rule wants, in words. */
    readonly says: string;
    readonly severity?: Severity;
  }[];
  /** Of object types, the properties by which their records are one and the same: a custom object has no others. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  /** Checks that are not to run, by id. */
  readonly off?: readonly string[];
}

/** One finding. Its texts are ours; what records hold stands in `evidence` alone. */
export interface Finding {
  /** Of check, its version, and what it is about: the same finding of a later run has the same. */
  readonly fingerprint: string;
  /** What it is known by as well: it is the same when there were somewhat fewer, or more. */
  readonly alsoKnownBy?: readonly string[];
  /** The check's id. */
  readonly check: string;
  readonly severity: Severity;
  readonly objectType: string;
  /** At most 50; `total` says how many there are. */
  readonly recordIds: readonly string[];
  readonly total: number;
  /** Money at stake, in the home currency, where the check knows. */
  readonly amount?: number;
  readonly statistic?: Statistic;
  /** A few values that show it, by property or by what was counted. */
  readonly evidence: Readonly<Record<string, string | number>>;
  /** What is wrong and why it matters, one sentence of our own without a record's text. */
  readonly note: string;
  /** A call of one of our tools that would mend it; never done by itself. */
  readonly fix?: Fix;
}

export interface Statistic {
  readonly name: string;
  readonly value: number;
  readonly threshold: number;
  /** How many records or days it rests on. */
  readonly n: number;
  /** Two-sided, where the check is a test: the false discoveries of a run are controlled over all of these. */
  readonly p?: number;
}

export interface Fix {
  /** A tool of this server. */
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly reversible: boolean;
  /** What the arguments do not say. */
  readonly note?: string;
}

/** A finding as a check makes it; the rest is the run's. Its records: `affected` of `affected.ts`. */
export type FindingDraft = Omit<Finding, 'fingerprint' | 'alsoKnownBy' | 'check' | 'severity' | 'objectType'> & {
  /** Where it differs from the check's. */
  readonly severity?: Severity;
  /** Where it differs from the check's; of a check over `*`, always. */
  readonly objectType?: string;
  /**
   * What it is about, for the fingerprint: a property, a stage, a domain, a kind of fault. With a subject, a dismissed
   * finding stays dismissed when another record joins; without one it is about its records, and comes again when they
   * are others.
   */
  readonly subject?: string;
  /**
   * Its records come and go as time passes, so that it is known by how many there are: dismissed, it comes again once there
   * are many more: more than ten times as many, and never more than a hundred times.
   */
  readonly isState?: true;
  /** Which of the check's faults it is, where it knows several and the finding has no subject. */
  readonly kind?: string;
  /** Of all records, in whatever order: what a finding without a subject is known by. */
  readonly recordsDigest: string;
};

/**
 * What a statistical check gives: `tests` counts all that it tested, also what it does not tell of. The control of
 * false discoveries divides by it, so a check may leave out what has p > .01 but may not forget that it looked.
 */
export interface Tested {
  readonly drafts: readonly FindingDraft[];
  readonly tests: number;
}

export interface Check {
  /** As the catalogue in docs has it: `C01`, `D08`, `P03`. */
  readonly id: string;
  /** Changes when the same data would give another finding. */
  readonly version: number;
  readonly title: string;
  /** What it takes for a fault, with its thresholds, in a sentence or two: the catalogue's line. */
  readonly about: string;
  readonly severity: Severity;
  /** `*`: of several types, and each draft says which. */
  readonly objectType: string;
  /** Properties by object type without which it cannot run; it is then listed as not run. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** Properties that make it better where they are there. */
  readonly uses?: Readonly<Record<string, readonly string[]>>;
  /** Properties it reads where names alone cannot say which: all of a kind, or those that the rules file names. */
  reads?(portal: Pick<PortalData, 'properties' | 'rules'>): Readonly<Record<string, readonly string[]>>;
  /** Associations as `deals>line_items`, read for it when it runs. */
  readonly associations?: readonly string[];
  /** Properties by object type whose history it needs, and of which records. */
  readonly history?: Readonly<Record<string, readonly string[]>>;
  /** It says nothing without the operator's rules file. */
  readonly rules?: boolean;
  /** Its findings are tests of a hypothesis, each with `statistic.p`, and `run` gives `Tested`. */
  readonly statistical?: boolean;
  run(data: PortalData): readonly FindingDraft[] | Tested;
}

/** What a run over a portal gives. */
export interface AnomalyReport {
  /** The gravest first, then by money at stake, then by how many records are affected. */
  readonly findings: readonly Finding[];
  /** Checks that could not run, and what they lack. */
  readonly notRun: readonly { readonly check: string; readonly missing: readonly string[] }[];
  /** How many ran. */
  readonly checks: number;
  /** Findings that the control of false discoveries left out. */
  readonly suppressed: number;
}
