/**
 * The scopes that a private app or service key can have.
 * Source: developers.hubspot.com/scopes and the scopes named in HubSpot's endpoint inventory, compared 2026-11-22.
 */

import { objectTypes } from './facts/object-types.ts';

const others = [
  'account-info.security.read',
  'automation',
  'automation.sequences.enrollments.write',
  'automation.sequences.read',
  'automation.sequences.write',
  'business_units_view.read',
  'cms.membership.access_groups.write',
  'communication_preferences.read',
  'communication_preferences.read_write',
  'communication_preferences.write',
  'content',
  'conversations.read',
  'conversations.write',
  'crm.dealsplits.read_write',
  'crm.export',
  'crm.import',
  'crm.lists.read',
  'crm.lists.write',
  'crm.objects.custom.read',
  'crm.objects.custom.write',
  'crm.objects.marketing_events.read',
  'crm.objects.marketing_events.write',
  'crm.objects.owners.read',
  'crm.pipelines.orders.read',
  'crm.pipelines.orders.write',
  'crm.schemas.custom.read',
  'crm.schemas.custom.write',
  'files',
  'files.ui_hidden.read',
  'forms',
  'marketing.campaigns.read',
  'marketing.campaigns.write',
  'marketing.email.read',
  'marketing.email.write',
  'oauth',
  'sales-email-read',
  'settings.currencies.read',
  'settings.currencies.write',
  'settings.users.read',
  'settings.users.teams.read',
  'settings.users.teams.write',
  'settings.users.write',
  'timeline',
];

/** Values of sensitive properties have scopes of their own. */
const sensitive = ['sensitive', 'highly_sensitive'].flatMap((level) => [
  `tickets.${level}.v2`,
  ...['appointments', 'companies', 'contacts', 'courses', 'custom', 'deals', 'leads', 'listings', 'services'].flatMap(
    (objects) => ['read', 'write'].map((access) => `crm.objects.${objects}.${level}.${access}.v2`),
  ),
]);

export const allScopes: ReadonlySet<string> = new Set(
  [
    ...objectTypes.flatMap(({ scopes, schemaScopes }) =>
      [scopes, schemaScopes].flatMap((s) => [...s.read, ...s.write]),
    ),
    ...others,
    ...sensitive,
  ].sort(),
);
