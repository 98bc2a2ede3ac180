/** What a prompt is. Contracts only: nothing here does anything. */

export interface PromptArgument {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
}

/** A way of working that a person picks in their client; the client hands its text to the model as theirs. */
export interface Prompt {
  /** snake_case, as the client shows it. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly PromptArgument[];
  /** @param given the arguments that were given; the required ones always are */
  text(given: Readonly<Record<string, string>>): string;
}
