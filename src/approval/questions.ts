/** What a call may need of a person: what has been asked, what was answered, and what is said where nobody can be asked. */

import { ANONYMOUS } from '../author.ts';
import type { CallError } from '../call-error.ts';
import type { Clock, Random } from '../clock.ts';
import type { UserError } from '../crm/user-error.ts';
import type { ApprovalNeeded, ApprovalRequest, ApprovalStep, Asker, Consent, Question } from './approval.ts';
import {
  approvalDeclined,
  approvalNeeded,
  approvalPaused,
  approvalUnavailable,
  formMessage,
} from './approval-words.ts';
import { APPROVAL_TTL_MS, createApprovals, type SealKind } from './approvals.ts';

export interface QuestionsParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Told of each question and of what came of it. */
  readonly tell?: ((step: ApprovalStep) => void) | undefined;
}

export interface Questions {
  /** @param token what the model passed on, if it is one */
  consent(caller: Asker, token: unknown): Consent;
  /** @param shown the request as a person and a model may read it */
  ask(
    needed: ApprovalNeeded,
    shown: ApprovalRequest,
    caller: Asker,
  ): { readonly error: UserError; readonly question?: Question };
  declined(tool: string, how: 'decline' | 'cancel', caller: Asker): CallError;
}

/** So many in a row within the time that one question lives, and a person is left alone for as long. */
const NOES = 3;
/** Sessions and tools that are remembered; the one that was declined the longest ago goes first. */
const MOST_DECLINED = 10_000;

function placeOf(tool: string, { author = ANONYMOUS }: Asker): string {
  return `${author.session} ${tool}`;
}

export function createQuestions({ clock, random, tell = () => undefined }: QuestionsParts): Questions {
  const approvals = createApprovals(clock, random);
  /** When a person said no, by session and tool. */
  const noes = new Map<string, readonly number[]>();

  const recentNoes = (place: string) =>
    (noes.get(place) ?? []).filter((at) => at + APPROVAL_TTL_MS > clock.elapsed()).slice(-NOES);
  const noteNo = (place: string) => {
    const recent = recentNoes(place);
    noes.delete(place);
    noes.set(place, [...recent, clock.elapsed()]);
    const [oldest] = noes.keys();
    if (noes.size > MOST_DECLINED && oldest !== undefined) noes.delete(oldest);
  };

  const step = (
    its: ApprovalStep['step'],
    { tool, reason, digest }: Pick<ApprovalRequest, 'tool'> & Partial<ApprovalRequest>,
    { author = ANONYMOUS }: Asker,
  ) =>
    tell({
      kind: 'approval',
      step: its,
      author,
      tool,
      ...(reason !== undefined && { reason }),
      ...(digest !== undefined && { digest }),
    });

  return {
    consent(caller, token) {
      const consent = approvals.consent({
        session: (caller.author ?? ANONYMOUS).session,
        canAsk: caller.approval?.canAsk ?? false,
        answered: caller.approval?.answered,
        token: typeof token === 'string' ? token : undefined,
      });
      return {
        ...consent,
        given(request) {
          const word = consent.given(request);
          if (word !== 'yes') return word;
          noes.delete(placeOf(request.tool, caller));
          step('granted', request, caller);
          return word;
        },
      };
    },
    ask({ request: said, again }, shown, caller) {
      const { author = ANONYMOUS, approval } = caller;
      const seal = (kind: SealKind) => approvals.seal(kind, said, author.session);
      if (approval?.canAsk) {
        if (recentNoes(placeOf(said.tool, caller)).length >= NOES) return { error: approvalPaused(shown) };
        step('asked', said, caller);
        const question = { request: shown, message: formMessage(shown, again), state: seal('form') };
        return { error: approvalNeeded(shown, again), question };
      }
      if (shown.withoutForm === 'refuse') {
        step('unavailable', said, caller);
        return { error: approvalUnavailable(shown) };
      }
      step('asked', said, caller);
      return { error: approvalNeeded(shown, again, seal('token')) };
    },
    declined(tool, how, caller) {
      noteNo(placeOf(tool, caller));
      step('declined', { tool }, caller);
      return approvalDeclined(tool, how);
    },
  };
}
