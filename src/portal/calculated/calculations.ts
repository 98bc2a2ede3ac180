/** Every family of calculated properties, in the order in which they are made: a later one sees what earlier ones gave. */

import { activityDates } from './activity-dates.ts';
import { associatedCounts } from './associated-counts.ts';
import type { Calculation } from './calculated.ts';
import { closedDeal } from './closed.ts';
import { customerTimes, dealTimes, ticketTimes } from './closing-times.ts';
import { companyContacts, companyFamily } from './company-family.ts';
import { contactIdentity } from './contact-identity.ts';
import { formConversions } from './conversions.ts';
import { dealAmounts, recurringRevenue } from './deal-amounts.ts';
import { firstEngagement } from './first-engagement.ts';
import { leadPeople } from './lead-people.ts';
import { lineItemAmounts } from './line-item-amounts.ts';
import { ownership } from './ownership.ts';
import { phoneNumbers } from './phone-numbers.ts';
import { primaryCompany, ticketCompany } from './primary-company.ts';
import { revenue } from './revenue.ts';
import { stageTimes } from './stage-times.ts';
import { taskState } from './task-state.ts';
import { ticketPeople } from './ticket-people.ts';

export const calculations: readonly Calculation[] = [
  contactIdentity,
  formConversions,
  phoneNumbers,
  ownership,
  ...primaryCompany,
  ...associatedCounts,
  stageTimes,
  closedDeal,
  customerTimes,
  dealTimes,
  ticketTimes,
  taskState,
  lineItemAmounts,
  recurringRevenue,
  dealAmounts,
  revenue,
  activityDates,
  firstEngagement,
  ticketPeople,
  ticketCompany,
  leadPeople,
  companyFamily,
  companyContacts,
];
