/** What a person reads before they say yes, and what a model reads where nobody did. */

import type { CallError } from '../call-error.ts';
import { UserError } from '../crm/user-error.ts';
import type { ApprovalReason, ApprovalRequest, AskedAgain } from './approval.ts';

const because: Readonly<Record<ApprovalReason, string>> = {
  archive: 'Asked because records are archived.',
  merge: 'Asked because records are merged.',
  definition: 'Asked because this changes what records look like.',
  bulk: 'Asked because many records are written at once.',
  policy: 'Asked because the policy of this server says so.',
  tainted: 'Asked because in this session text was read that people outside wrote: it may be what wants this change.',
};

const again: Readonly<Record<AskedAgain, string>> = {
  changed: 'This has changed since you looked.',
  expired: 'The last question about this was open for too long.',
};

/** The message of a form. What a record says stands in quotation marks in the lines, and nowhere else. */
export function formMessage({ title, lines, irreversible, reason }: ApprovalRequest, asked?: AskedAgain): string {
  return [
    ...(asked === undefined ? [] : [again[asked], '']),
    `${title}?`,
    '',
    ...lines.map((line) => `- ${line}`),
    '',
    ...(irreversible === undefined ? [] : [irreversible]),
    because[reason],
  ].join('\n');
}

/** @param token what makes the same call go through, once; absent where the person is asked in a form */
export function approvalNeeded(request: ApprovalRequest, asked: AskedAgain | undefined, token?: string): UserError {
  return new UserError(
    'approval_needed',
    [
      ...(asked === undefined ? [] : [again[asked]]),
      `${request.title}: this needs the yes of a person first. Nothing was sent.`,
      ...(request.irreversible === undefined ? [] : [request.irreversible]),
      because[request.reason],
    ].join(' '),
    {
      changes: request.lines,
      ...(token !== undefined && { approvalToken: token }),
      next: `Show the person these changes and ask whether to make them. Only when they have said yes, call ${request.tool} again with the same arguments and this approvalToken; it counts once, for ten minutes. Never decide for them.`,
    },
  );
}

export function approvalUnavailable(request: ApprovalRequest): UserError {
  return new UserError(
    'approval_unavailable',
    [
      `${request.title}: this needs the yes of a person in a form, which this client cannot show. Nothing was sent.`,
      because[request.reason],
      ...(request.reason === 'archive' ? ['What one session archives within an hour counts together.'] : []),
    ].join(' '),
    {
      changes: request.lines,
      next: 'Tell the person. They can do it in HubSpot, use an MCP client that shows forms (elicitation), or ask the operator of this server to allow it in its policy. Do not try to reach the same by other calls.',
    },
  );
}

/** Whoever is asked again and again says yes at last. */
export function approvalPaused({ tool, title }: ApprovalRequest): UserError {
  return new UserError(
    'approval_declined',
    `${title}: the person has said no to ${tool} several times within ten minutes, and is not asked again for now. Nothing was sent.`,
    {
      next: 'Do not try to reach the same by other calls or arguments. Tell the person, and let them say what they want.',
    },
  );
}

/** @param how what the person did with the form */
export function approvalDeclined(tool: string, how: 'decline' | 'cancel'): CallError {
  const what = how === 'decline' ? 'said no to this call' : 'closed the question without an answer';
  return {
    code: 'approval_declined',
    message: `The person ${what}. ${tool} sent nothing.`,
    retryable: false,
    next: 'Do not ask for it again and do not try to reach the same by other calls or arguments. Tell the person that nothing was changed, and let them say what they want.',
  };
}
