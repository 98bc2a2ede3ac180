import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { Author, Journal } from '../journal/journal.ts';
import { mask } from '../policy/mask.ts';
import type { Policy } from '../policy/policy.ts';
import { type Definition, definitionBefore } from './definition-before.ts';
import type { DefinitionChange } from './definition-change.ts';

/** What was written through this server, as far as one call may see it. */
export interface Past {
  readonly journal: Journal;
  /** The call's own. */
  readonly session: string;
  /** Of the account that is written to; the journal may hold the calls of others too. */
  portalId(): Promise<number>;
  /** Whether this caller may know of a property at all. */
  shows(objectType: string, property: string): boolean;
  /** Whether this caller may write a property. */
  writes(objectType: string, property: string): boolean;
  /** A value as this caller may see it. */
  show(objectType: string, property: string, value: string): string;
  /** A definition as it is now; undefined when it is not there. */
  definition(change: DefinitionChange): Promise<Definition | undefined>;
  /** Looks again at what was sent without a certain answer. */
  recover(): Promise<void>;
}

export interface PastParts {
  readonly journal: Journal;
  readonly hubspot: HubSpot;
  readonly options: CallOptions;
  readonly author: Author;
  readonly policy: Policy;
  portalId(): Promise<number>;
  recover(): Promise<void>;
}

export function openPast({ journal, hubspot, options, author, policy, ...parts }: PastParts): Past {
  return {
    journal,
    session: author.session,
    portalId: () => parts.portalId(),
    recover: () => parts.recover(),
    shows: (objectType, property) => policy.access(objectType, property) !== 'deny',
    writes: (objectType, property) => policy.access(objectType, property) === 'allow',
    show: (objectType, property, value) =>
      ['allow', 'read'].includes(policy.access(objectType, property)) ? value : mask(value),
    definition: (change) => definitionBefore(hubspot, change, options),
  };
}
