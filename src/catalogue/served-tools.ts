/** Which of the tools a caller gets, and what the one is told who calls another. */

import { UserError } from '../crm/user-error.ts';
import { nearest, quote } from '../crm/words.ts';
import { type Policy, PolicyFileError } from '../policy/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { ToolDescription } from './tool-description.ts';

export function servedTools({ all }: Catalogue, policy: Policy): readonly ToolDescription[] {
  return all.filter((tool) => policy.refusesTool(tool) === undefined);
}

/** Throws UserError when there is no such tool for this caller. */
export function servedTool(catalogue: Catalogue, policy: Policy, name: string): ToolDescription {
  const tool = catalogue.find(name);
  if (tool === undefined) {
    const names = servedTools(catalogue, policy).map(({ name: id, title }) => ({ id, label: title }));
    const near = nearest(name, names);
    const hint = near[0] === undefined ? '' : ` Did you mean ${near[0]}?`;
    const known = near.length > 0 ? { nearest: near } : { allowed: names.map(({ id }) => id) };
    throw new UserError('unknown_tool', `There is no tool ${quote(name)}.${hint}`, known);
  }
  const refusal = policy.refusesTool(tool);
  if (refusal === undefined) return tool;
  const { code, message, next } = refusal;
  throw new UserError(code, message, { next });
}

/**
 * The policy as one request tightens it. What it says is refused, never passed over, when it makes no sense: whoever asks
 * for less must not get more. Throws UserError `invalid_policy`.
 */
export function tightenedPolicy(policy: Policy, said: readonly unknown[] = []): Policy {
  try {
    return said.reduce((judge: Policy, each) => judge.tightened(each), policy);
  } catch (error) {
    if (!(error instanceof PolicyFileError)) throw error;
    throw new UserError(
      'invalid_policy',
      `The policy of this request cannot be read: ${error.message}. Nothing was sent.`,
      {
        next: 'Ask the person who set up this client; a request may say profile, toolsets, readOnly, rules and properties.',
      },
    );
  }
}
