import { impossibleDate } from '../dates.ts';
import { ownerGone } from '../owners.ts';
import { spellings } from '../spellings.ts';
import type { Check } from '../types.ts';
import { invalidEmail, unpersonalEmail } from './email.ts';
import { companyMissing, freeMailAtCompany, otherDomain } from './employer.ts';
import { lifecycleAgainstDeals, lifecycleBackward, missingForStage } from './lifecycle.ts';
import { noLawfulBasis, staleMarketing, unreachableMarketing } from './marketing.ts';
import { misplacedName, untidyName } from './name.ts';
import { badPhone, phoneOfOtherCountry, sharedPhone } from './phone.ts';
import { placeholder } from './placeholder.ts';
import { unreachable } from './reachable.ts';
import { typoDomain } from './typo-domain.ts';

/** Checks of contacts, in the catalogue's order; C22 is ours, as companies have it. */
export const contactChecks: readonly Check[] = [
  invalidEmail,
  typoDomain,
  unpersonalEmail,
  freeMailAtCompany,
  otherDomain,
  unreachableMarketing,
  badPhone,
  sharedPhone,
  phoneOfOtherCountry,
  untidyName,
  placeholder,
  misplacedName,
  unreachable,
  companyMissing,
  lifecycleAgainstDeals,
  lifecycleBackward,
  ownerGone('C17', 'contacts'),
  staleMarketing,
  missingForStage,
  noLawfulBasis,
  impossibleDate('C21', 'contacts'),
  spellings('C22', 'contacts'),
];
