/** What a person is asked before something happens that is not easily taken back. Contracts only. */

import type { Author } from '../journal/journal.ts';

export type ApprovalReason = 'archive' | 'merge' | 'definition' | 'bulk' | 'policy' | 'tainted';

/** One question to a person: the exact change, in words that no record can have written. */
export interface ApprovalRequest {
  /** Of tool, arguments and caller. */
  readonly call: string;
  /** What `now` was for the call, in milliseconds since the epoch: a yes is to times as they were shown. */
  readonly at: number;
  /** Of the exact changes with what they replace: an approval is for these and nothing else. */
  readonly digest: string;
  readonly tool: string;
  readonly reason: ApprovalReason;
  /** One sentence, such as `Archive 3 contacts`. */
  readonly title: string;
  /** The change, one line each, names of records quoted and cut; the last line says how many are not shown. */
  readonly lines: readonly string[];
  /** What HubSpot itself cannot take back either. */
  readonly irreversible?: string;
  /** Where no form can be shown: a single-use token, which a model can pass on by itself, or no. */
  readonly withoutForm: 'token' | 'refuse';
}

/** Why a person who was asked before is asked again. */
export type AskedAgain = 'changed' | 'expired';

/** Whose person it is, and what they have been asked. */
export interface Asker {
  /** {@link ANONYMOUS} if omitted. */
  readonly author?: Author;
  /** What the caller's person has been asked, or can be. */
  readonly approval?: {
    /** The face can show a person a form; otherwise the answer to a change that needs one is an error. */
    readonly canAsk: boolean;
    /** The state of the {@link Question} that a person has just said yes to. */
    readonly answered?: string;
  };
}

/** What a face that can ask shows a person; after a yes it makes the same call again with the state. */
export interface Question {
  readonly request: ApprovalRequest;
  /** The request in words. */
  readonly message: string;
  /** Opaque; for ten minutes it proves what was asked. */
  readonly state: string;
}

/** What the door knows of a person's word on the writes of one call. */
export interface Consent {
  /** The caller's person can be shown a form. */
  readonly canAsk: boolean;
  /** What `now` is for the call, in milliseconds since the epoch: of one that was asked about, as it was then. */
  readonly at: number;
  /**
   * Whether a person has said yes to exactly this; a yes counts once. Throws UserError when the call came with an
   * approval that is not its own, or was used before.
   */
  given(request: ApprovalRequest): 'yes' | 'no' | AskedAgain;
}

/** A question to a person, and what came of it; `unavailable`: there was nobody to ask. */
export interface ApprovalStep {
  readonly kind: 'approval';
  readonly author: Author;
  readonly tool: string;
  readonly step: 'asked' | 'granted' | 'declined' | 'unavailable';
  readonly reason?: string;
  /** Of the exact changes: a grant is for the question with the same one. */
  readonly digest?: string;
}

/** For the batches of what a person has said yes to as a whole, such as a job. */
export const alreadyGiven = (at: number): Consent => ({ canAsk: false, at, given: () => 'yes' });

/** Thrown before anything was sent. Only the faces of the server turn it into a question. */
export class ApprovalNeeded extends Error {
  override readonly name = 'ApprovalNeeded';
  readonly request: ApprovalRequest;
  readonly again?: AskedAgain;

  constructor(request: ApprovalRequest, again?: AskedAgain) {
    super(`${request.title} needs the approval of a person.`);
    this.request = request;
    if (again !== undefined) this.again = again;
  }
}
