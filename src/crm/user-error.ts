/** Of a longer message the middle is what somebody said in the wrong place; what is wrong and what to do stands around it. */
const LONGEST_MESSAGE = 1_500;

/** What a caller can put right: nothing was changed, and the message says what to do next. */
export class UserError extends Error {
  override readonly name = 'UserError';

  /** A stable snake_case word that a program can act on, such as `unknown_property`. */
  readonly code: string;
  readonly details: UserErrorDetails;

  /** @param message one or two sentences for a model: what was wrong with the call, and what to do next */
  constructor(code: string, message: string, details: UserErrorDetails = {}) {
    super(message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, 600)} … ${message.slice(-600)}`);
    this.code = code;
    this.details = details;
  }
}

/** Facts that go beside the message in the error's JSON. Lists are short enough for a model to read. */
export interface UserErrorDetails {
  readonly property?: string;
  /** Values that would have been accepted. */
  readonly allowed?: readonly string[];
  /** Existing names that resemble what was said, the nearest first. */
  readonly nearest?: readonly string[];
  /** What an ambiguous word could mean, each with what tells it apart. */
  readonly candidates?: readonly { readonly id: string; readonly label: string }[];
  readonly missingScopes?: readonly string[];
  /** What would be changed, one line each. */
  readonly changes?: readonly string[];
  /** Passed beside the same arguments once a person has said yes; it counts once. */
  readonly approvalToken?: string;
  /** A tool call or step that would help. */
  readonly next?: string;
}
