/**
 * Proof that a person was asked: what a form carries while it is open, and what a model passes on where no form can be
 * shown. Sealed with a key of this process, so that questions without an answer take no memory; only a used yes does.
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '../clock.ts';
import { UserError } from '../crm/user-error.ts';
import type { ApprovalRequest, AskedAgain, Consent } from './approval.ts';

/** The state of an open form, which clients carry, never counts as a token, which models carry. */
export type SealKind = 'form' | 'token';

/** What a call brings along. */
export interface Brought {
  /** Approvals do not pass from one session to another. */
  readonly session: string;
  readonly canAsk: boolean;
  /** The state of the form that a person has just said yes to. */
  readonly answered?: string | undefined;
  /** What the model passed on. Where a person can be asked, it counts for nothing. */
  readonly token?: string | undefined;
}

export interface Approvals {
  /** What proves later that a person was asked about exactly this. */
  seal(kind: SealKind, request: ApprovalRequest, session: string): string;
  /** Throws UserError `approval_invalid` or `approval_used` when it is used. */
  consent(brought: Brought): Consent;
}

/** How long a person may take, in milliseconds. */
export const APPROVAL_TTL_MS = 10 * 60_000;

/** 96 bits: more than anybody can try in ten minutes, and short enough for a model to copy. */
const MAC_BYTES = 12;
const NONCE_LENGTH = 12;

export function createApprovals(clock: Clock, random: Random): Approvals {
  const key = random.secret();
  /** Until when, by nonce. */
  const used = new Map<string, number>();

  /** When it was asked, and else now. What is forged is refused when it is used. */
  const momentOf = (sealed = '') => {
    const [asked, now] = [Number.parseInt(sealed, 36), clock.now()];
    return asked <= now && asked > now - APPROVAL_TTL_MS ? asked : now;
  };

  const mac = (...parts: readonly string[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest().subarray(0, MAC_BYTES).toString('base64url');

  /** @param once when it was asked, when it expires, and a nonce */
  const macs = (kind: SealKind, once: readonly string[], { call, digest }: ApprovalRequest, session: string) =>
    [mac(kind, ...once, session, call), mac(kind, ...once, session, call, digest)] as const;

  const useUp = (nonce: string, until: number) => {
    for (const [old, end] of used) {
      if (end > clock.elapsed()) break;
      used.delete(old);
    }
    if (used.has(nonce)) {
      throw new UserError('approval_used', 'This approval was used before, and it counts once. Nothing was sent.', {
        next: 'Look whether the change was made. If it is wanted once more, call without approvalToken and ask the person again.',
      });
    }
    used.set(nonce, until);
  };

  /** Uses it up, whatever comes of it. */
  const redeem = (kind: SealKind, sealed: string, request: ApprovalRequest, session: string): 'yes' | AskedAgain => {
    const [asked = '', expires = '', nonce = '', forCall = '', forChange = ''] = sealed.split('.');
    const [callMac, changeMac] = macs(kind, [asked, expires, nonce], request, session);
    if (!same(forCall, callMac)) {
      throw new UserError(
        'approval_invalid',
        'This approval was not given for this call: it is for one tool, one caller and exactly the arguments that were shown. Nothing was sent.',
        { next: 'Call without approvalToken to learn what has to be approved, and ask the person.' },
      );
    }
    const until = Number.parseInt(expires, 36);
    if (until <= clock.elapsed()) return 'expired';
    useUp(nonce, until);
    return same(forChange, changeMac) ? 'yes' : 'changed';
  };

  return {
    seal(kind, request, session) {
      const times = [request.at, Math.ceil(clock.elapsed() + APPROVAL_TTL_MS)];
      const once = [...times.map((ms) => ms.toString(36)), random.secret().slice(0, NONCE_LENGTH)];
      return [...once, ...macs(kind, once, request, session)].join('.');
    },
    consent: ({ session, canAsk, answered, token }) => ({
      canAsk,
      at: momentOf(canAsk ? answered : token),
      given(request) {
        if (canAsk) return answered === undefined ? 'no' : redeem('form', answered, request, session);
        if (token === undefined || request.withoutForm === 'refuse') return 'no';
        return redeem('token', token, request, session);
      },
    }),
  };
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
