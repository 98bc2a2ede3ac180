import type { Check } from '../types.ts';
import { priorities, reopened, twins } from './repeated.ts';
import { alone, openTooLong, ownerless, unanswered } from './waiting.ts';

/** Checks of tickets, in the catalogue's order. */
export const ticketChecks: readonly Check[] = [openTooLong, ownerless, unanswered, alone, twins, reopened, priorities];
