/** The rules where the operator gives none: who fits, and who has lately shown interest. By HubSpot's own properties alone. */

import type { ScoreRules } from './types.ts';

/** The large providers: an address there says nothing of a company. */
const freeMail =
  'gmail.com googlemail.com yahoo.com outlook.com hotmail.com live.com icloud.com me.com aol.com gmx.de gmx.net web.de t-online.de proton.me protonmail.com mail.ru qq.com 163.com orange.fr wanadoo.fr free.fr libero.it'.split(
    ' ',
  );

export const defaultScoreRules: ScoreRules = {
  version: 1,
  models: [
    {
      objectType: 'contacts',
      base: 0,
      min: 0,
      max: 100,
      bands: { A: 60, B: 30 },
      groups: [
        {
          name: 'fit',
          cap: 50,
          rules: [
            {
              says: 'Decides: director or above',
              points: 20,
              filters: [
                {
                  propertyName: 'hs_seniority',
                  operator: 'IN',
                  values: ['director', 'vp', 'executive', 'partner', 'owner'],
                },
              ],
            },
            {
              says: 'Manager or senior',
              points: 10,
              filters: [{ propertyName: 'hs_seniority', operator: 'IN', values: ['manager', 'senior'] }],
            },
            {
              says: "A company's e-mail address",
              points: 15,
              filters: [{ propertyName: 'hs_email_domain', operator: 'NOT_IN', values: freeMail }],
            },
            { says: 'A job title', points: 5, filters: [{ propertyName: 'jobtitle', operator: 'HAS_PROPERTY' }] },
            { says: 'A company', points: 5, filters: [{ propertyName: 'company', operator: 'HAS_PROPERTY' }] },
            { says: 'A phone number', points: 5, filters: [{ propertyName: 'phone', operator: 'HAS_PROPERTY' }] },
          ],
        },
        {
          name: 'interest',
          cap: 60,
          rules: [
            {
              says: 'Filled in a form',
              points: 25,
              filters: [{ propertyName: 'num_conversion_events', operator: 'GTE', value: 1 }],
              decay: { propertyName: 'recent_conversion_date', halfLifeDays: 45 },
            },
            {
              says: 'Answered a sales e-mail',
              points: 25,
              filters: [],
              decay: { propertyName: 'hs_sales_email_last_replied', halfLifeDays: 30 },
            },
            {
              says: 'Was on the website',
              points: 15,
              filters: [],
              decay: { propertyName: 'hs_analytics_last_timestamp', halfLifeDays: 14 },
            },
            {
              says: 'Clicked in an e-mail',
              points: 15,
              filters: [],
              decay: { propertyName: 'hs_email_last_click_date', halfLifeDays: 30 },
            },
            {
              says: 'Looked at many pages',
              points: 10,
              filters: [{ propertyName: 'hs_analytics_num_page_views', operator: 'GTE', value: 10 }],
            },
            {
              says: 'Was talked to',
              points: 10,
              filters: [],
              decay: { propertyName: 'notes_last_contacted', halfLifeDays: 60 },
            },
          ],
        },
        {
          name: 'against',
          floor: -60,
          rules: [
            {
              says: 'Wants no e-mail',
              points: -30,
              filters: [{ propertyName: 'hs_email_optout', operator: 'EQ', value: true }],
            },
            {
              says: 'E-mail bounced for good',
              points: -25,
              filters: [{ propertyName: 'hs_email_hard_bounce_reason_enum', operator: 'HAS_PROPERTY' }],
            },
            {
              says: 'No e-mail address',
              points: -10,
              filters: [{ propertyName: 'email', operator: 'NOT_HAS_PROPERTY' }],
            },
          ],
        },
      ],
    },
    {
      objectType: 'companies',
      base: 0,
      min: 0,
      max: 100,
      bands: { A: 60, B: 30 },
      groups: [
        {
          name: 'fit',
          cap: 50,
          rules: [
            {
              says: 'A target account',
              points: 25,
              filters: [{ propertyName: 'hs_is_target_account', operator: 'EQ', value: true }],
            },
            {
              says: '50 people or more',
              points: 15,
              filters: [{ propertyName: 'numberofemployees', operator: 'GTE', value: 50 }],
            },
            { says: 'A known domain', points: 10, filters: [{ propertyName: 'domain', operator: 'HAS_PROPERTY' }] },
            { says: 'A known industry', points: 5, filters: [{ propertyName: 'industry', operator: 'HAS_PROPERTY' }] },
          ],
        },
        {
          name: 'interest',
          cap: 60,
          rules: [
            {
              says: 'An open deal',
              points: 20,
              filters: [{ propertyName: 'hs_num_open_deals', operator: 'GTE', value: 1 }],
            },
            {
              says: 'Two contacts or more',
              points: 10,
              filters: [{ propertyName: 'num_associated_contacts', operator: 'GTE', value: 2 }],
            },
            {
              says: 'Somebody filled in a form',
              points: 20,
              filters: [],
              decay: { propertyName: 'recent_conversion_date', halfLifeDays: 45 },
            },
            {
              says: 'Somebody was on the website',
              points: 15,
              filters: [],
              decay: { propertyName: 'hs_analytics_last_timestamp', halfLifeDays: 14 },
            },
            {
              says: 'Was talked to',
              points: 15,
              filters: [],
              decay: { propertyName: 'notes_last_contacted', halfLifeDays: 60 },
            },
          ],
        },
      ],
    },
  ],
};
