/** What proposes values for properties, and what a proposal is. Contracts only. */

import type { PropertyFacts } from '../anomalies/types.ts';

export type { ProvidedValue, ValueProvider } from './provider.ts';

/** A record as proposals are made of it. Values by HubSpot's property names; an absent one is empty. */
export interface RecordToFill {
  readonly objectType: string;
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
  /** Of a contact or a company, where its deals were read. */
  readonly deals?: DealsOfRecord;
}

export interface DealsOfRecord {
  readonly won: number;
  readonly open: number;
}

/** A value for a property, from one source. */
export interface Candidate {
  readonly property: string;
  /** As HubSpot stores it. */
  readonly value: string;
  /** `rules`, `provider:<name>` or `model:<name>`. */
  readonly source: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Why, a sentence of our own without a record's text. */
  readonly note: string;
  /** What an outside source says for itself. */
  readonly evidence?: string;
  /** It is the same value better written, or what the present one cannot be: it may take the place of a value. */
  readonly mends?: boolean;
}

/** What is proposed of all that was said of one property. */
export interface Proposal extends Candidate {
  readonly id: string;
  /** The present value; `''` where there is none. */
  readonly now: string;
  /** Other values that were proposed, the likeliest first. */
  readonly others: readonly { readonly value: string; readonly source: string; readonly confidence: number }[];
}

export interface ProposeOptions {
  readonly properties: ReadonlyMap<string, PropertyFacts>;
  /** ISO 3166-1 alpha-2, of numbers of records that name no country: the portal's. */
  readonly country: string;
}
