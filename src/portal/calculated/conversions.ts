/**
 * When a contact submitted forms, and how often. The submissions that its value tells of are written by ../forms and by
 * merging; a contact without any has whatever was written.
 * Source: HubSpot's default contact properties, compared 2026-11-22.
 * Guess: a contact that submitted nothing has no numbers.
 */

import { readConversions } from '../forms/conversions.ts';
import { moment } from './amounts.ts';
import { type Calculation, on } from './calculated.ts';

export const formConversions: Calculation = {
  appliesTo: on('0-1'),
  calculate({ value }) {
    const submissions = value('hs_calculated_form_submissions');
    if (submissions === undefined) return {};
    const conversions = readConversions(submissions);
    return {
      first_conversion_date: moment(conversions[0]?.at),
      recent_conversion_date: moment(conversions.at(-1)?.at),
      num_conversion_events: String(conversions.length),
      num_unique_conversion_events: String(new Set(conversions.map(({ formId }) => formId)).size),
    };
  },
};
