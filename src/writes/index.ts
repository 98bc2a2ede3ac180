/** The one door for every write: plan -> check -> written down -> sent -> settled -> outcome per row. */

import type { Clock } from '../clock.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { Author, Journal } from '../journal/journal.ts';
import type { Authority } from './authorize.ts';
import type { CheckedRow, Plan } from './change.ts';
import { authorizeSample, runPlan } from './door.ts';
import { openPast, type Past } from './past.ts';
import { recover } from './recover.ts';
import type { WriteReport } from './report.ts';

export type { Authority } from './authorize.ts';
export type * from './change.ts';
export { LAST_WRITE, ownProperties, WRITE_ID } from './own-properties.ts';
export { askedOf, rehearsed } from './rehearsed.ts';
export { type WriteReport, writeReport } from './report.ts';

/** What a tool sees of the door, bound to one call. */
export interface Writes {
  /**
   * Checks every row, sends those that pass, and reports what became of each. With `dryRun` it checks and describes,
   * and sends nothing but reads. It throws only before anything was sent; from then on every outcome is in the report.
   */
  run(plan: Plan): Promise<WriteReport>;
  /**
   * Resolves with the checked rows when all that the plan is a sample of may be written, batch by batch. Nothing is sent
   * but reads.
   * @throws UserError what the policy refuses, and ApprovalNeeded when a person has to be asked
   */
  authorize(plan: Plan): Promise<readonly CheckedRow[]>;
  /** What was written before. */
  readonly past: Past;
}

/** The door of one process. */
export interface WriteDoor {
  forCall(call: WriteCall): Writes;
  /**
   * Looks again at every row whose outcome is not known, of this process and of those that are gone, and writes down what
   * became of it. It only reads.
   * @returns milliseconds after which looking again may tell more
   */
  recover(hubspot: HubSpot, options: CallOptions): Promise<number | undefined>;
}

/** What the door knows of one call. */
export interface WriteCall {
  /** The client as the call's policy lets it be seen. */
  readonly hubspot: HubSpot;
  /** Reach every request of the call: its deadline and its cancellation. */
  readonly options: CallOptions;
  readonly author: Author;
  readonly authority: Authority;
  /** The tool's. */
  readonly effect: string;
}

export interface WriteDoorParts {
  readonly clock: Clock;
  readonly journal: Journal;
  /** Of the account that is written to. */
  portalId(): Promise<number>;
  /** Whether records are to say who wrote them, where they have the property for it. No, if omitted. */
  readonly attribution?: boolean;
  /** For the operator, one line. */
  log(message: string): void;
}

export function createWriteDoor(parts: WriteDoorParts): WriteDoor {
  const { attribution = false, clock, journal } = parts;
  const lookAgain = async (hubspot: HubSpot, options: CallOptions) =>
    recover({ hubspot, clock, journal, portalId: await parts.portalId(), options });
  return {
    forCall: (call) => ({
      run: (plan) => runPlan(plan, { ...parts, attribution, ...call }),
      authorize: (plan) => authorizeSample(plan, { ...parts, attribution, ...call }),
      past: openPast({
        ...call,
        journal,
        policy: call.authority.policy,
        portalId: () => parts.portalId(),
        recover: async () => void (await lookAgain(call.hubspot, call.options)),
      }),
    }),
    recover: lookAgain,
  };
}
