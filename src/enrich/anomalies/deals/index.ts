import type { Check } from '../types.ts';
import { currency, missingAmount, placeholderAmount, wildAmount, wonForNothing } from './amounts.ts';
import { idle, implausibleCycle, impossibleWonDates, overdue, stale } from './dates.ts';
import { invoices, lineItems } from './money.ts';
import { pushed, reopened, wentBack } from './moves.ts';
import { alone, brokenName, concentration, ownerless } from './people.ts';
import { missingForStage, noReason, overridden, winRate } from './stages.ts';
import { twins } from './twins.ts';

/** Checks of deals, in the catalogue's order. */
export const dealChecks: readonly Check[] = [
  overdue,
  stale,
  idle,
  pushed,
  wentBack,
  reopened,
  missingAmount,
  wildAmount,
  placeholderAmount,
  impossibleWonDates,
  wonForNothing,
  noReason,
  alone,
  twins,
  overridden,
  ownerless,
  concentration,
  currency,
  brokenName,
  implausibleCycle,
  winRate,
  missingForStage,
  lineItems,
  invoices,
];
