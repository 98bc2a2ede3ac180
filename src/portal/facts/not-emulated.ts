/** What HubSpot answers and this portal does not. */

import type { HttpMethod } from '../../fetch.ts';

/**
 * The areas of HubSpot's API: the first segments of its paths.
 * Source: HubSpot's published endpoint inventory, compared 2026-11-22; the last two lines are those of older APIs.
 */
const areas = new Set(
  `
    account-info app-webhooks appinstalls automation business-units commerce communication-preferences conversations
    crm crm-object-schemas data-studio events feature-flags files forecast-settings forecast-submissions integrators
    marketing meta notetaker oauth payments-subscriptions settings tax-rates visitor-identification webhooks
    webhooks-journal analytics broadcast calendar cms companies contacts content crm-associations crm-objects
    crm-pipelines deals email engagements filemanager forms hubdb integrations media-bridge owners properties
    scheduler submissions url-shortener
  `
    .trim()
    .split(/\s+/),
);

/** Whether HubSpot may answer a request that no route here does. Guess: it does wherever the path is in one of its areas. */
export function isKnownElsewhere(_method: HttpMethod, path: string): boolean {
  return areas.has(path.split('/')[1] ?? '');
}
