/** What whoever uses the library writes to propose values. It imports nothing, for it is among the library's own types. */

/**
 * A source of values outside this server, as a function of whoever runs it. It is asked for one record at a time, only
 * in calls of suggest_values, and what it says competes with everybody else's by confidence.
 */
export interface ValueProvider {
  /** Shown as the source: letters, digits, `_` and `-`. Its place in the list settles ties. */
  readonly name: string;
  /** The only types it is asked about; every type if omitted. */
  readonly objectTypes?: readonly string[];
  /** 5,000 if omitted; what takes longer is given up for that record. */
  readonly timeoutMs?: number;
  propose(record: ProvidedRecord, signal: AbortSignal): Promise<readonly ProvidedValue[]> | readonly ProvidedValue[];
}

/** What a provider is told of a record: what the call's policy lets be seen of the properties that rules read. */
export interface ProvidedRecord {
  readonly objectType: string;
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
  /** The properties that a value is looked for. */
  readonly wanted: readonly string[];
}

export interface ProvidedValue {
  readonly property: string;
  /** A value as HubSpot stores it, or the label of one of the property's options. */
  readonly value: string;
  /** 0 to 1; .5 if omitted. */
  readonly confidence?: number;
  readonly evidence?: string;
}
