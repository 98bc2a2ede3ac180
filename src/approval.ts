/** What a person is asked before something happens that is not easily taken back. Contracts only. */

export type ApprovalReason = 'archive' | 'merge' | 'definition' | 'bulk' | 'policy' | 'tainted';

/** One question to a person: the exact change, in words that no record can have written. */
export interface ApprovalRequest {
  /** Of tool, arguments, caller and the exact changes with what they replace: an approval is for this and nothing else. */
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

/** Thrown before anything was sent. Only the faces of the server turn it into a question. */
export class ApprovalNeeded extends Error {
  override readonly name = 'ApprovalNeeded';
  readonly request: ApprovalRequest;

  constructor(request: ApprovalRequest) {
    super(`${request.title} needs the approval of a person.`);
    this.request = request;
  }
}
