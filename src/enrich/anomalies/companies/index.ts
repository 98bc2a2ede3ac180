import { impossibleDate } from '../dates.ts';
import { ownerGone } from '../owners.ts';
import { spellings } from '../spellings.ts';
import type { Check } from '../types.ts';
import { dumpingGround } from './contacts.ts';
import { companyStage, ownerOfDeals } from './deals.ts';
import { badDomain, sameDomain } from './domain.ts';
import { companyFamily } from './family.ts';
import { companyNameVariants } from './name.ts';
import { orphan } from './orphan.ts';
import { revenuePerHead, sizeOutlier } from './size.ts';

/** Checks of companies, in the catalogue's order; from O12 on they are ours, as contacts have them. */
export const companyChecks: readonly Check[] = [
  badDomain,
  sameDomain,
  companyNameVariants,
  orphan,
  sizeOutlier,
  revenuePerHead,
  spellings('O07', 'companies'),
  ownerOfDeals,
  companyStage,
  companyFamily,
  dumpingGround,
  ownerGone('O12', 'companies'),
  impossibleDate('O13', 'companies'),
];
