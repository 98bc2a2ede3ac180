/** What developers' apps add to an account. Source: HubSpot's published endpoint inventory, compared 2026-11-22. */
export const appEndpoints: Readonly<Record<string, string>> = {
  Webhooks: `
    /webhooks/{appId}/settings GET PUT DELETE
    /webhooks/{appId}/subscriptions GET POST
    /webhooks/{appId}/subscriptions/batch/update POST
    /webhooks/{appId}/subscriptions/{subscriptionId} GET PATCH DELETE
    /app-webhooks/{appId}/settings GET PUT DELETE
    /app-webhooks/{appId}/subscriptions GET POST
    /app-webhooks/{appId}/subscriptions/batch/update POST
    /app-webhooks/{appId}/subscriptions/{subscriptionId} GET PATCH DELETE
  `,
  'Webhooks journal': `
    /webhooks-journal/journal-local/batch/earliest/{count} GET
    /webhooks-journal/journal-local/batch/latest/{count} GET
    /webhooks-journal/journal-local/batch/read POST
    /webhooks-journal/journal-local/batch/{offset}/next/{count} GET
    /webhooks-journal/journal-local/earliest GET
    /webhooks-journal/journal-local/latest GET
    /webhooks-journal/journal-local/offset/{offset}/next GET
    /webhooks-journal/journal-local/status/{statusId} GET
    /webhooks-journal/journal/batch/earliest/{count} GET
    /webhooks-journal/journal/batch/latest/{count} GET
    /webhooks-journal/journal/batch/read POST
    /webhooks-journal/journal/batch/{offset}/next/{count} GET
    /webhooks-journal/journal/earliest GET
    /webhooks-journal/journal/latest GET
    /webhooks-journal/journal/offset/{offset}/next GET
    /webhooks-journal/journal/status/{statusId} GET
    /webhooks-journal/snapshots/crm POST
    /webhooks-journal/subscriptions GET POST
    /webhooks-journal/subscriptions/filters POST
    /webhooks-journal/subscriptions/filters/subscription/{subscriptionId} GET
    /webhooks-journal/subscriptions/filters/{filterId} GET DELETE
    /webhooks-journal/subscriptions/portals/{portalId} DELETE
    /webhooks-journal/subscriptions/{subscriptionId} GET DELETE
  `,
  Calling: `
    /crm/extensions/calling/connection-statuses GET
    /crm/extensions/calling/connection-statuses/batch/read POST
    /crm/extensions/calling/connection-statuses/me GET
    /crm/extensions/calling/inbound-call POST
    /crm/extensions/calling/recordings/ready POST
    /crm/extensions/calling/{appId}/settings GET POST PATCH DELETE
    /crm/extensions/calling/{appId}/settings/channel-connection GET POST PATCH DELETE
    /crm/extensions/calling/{appId}/settings/recording GET POST PATCH
  `,
  Transcriptions: `
    /crm/extensions/calling/transcripts POST
    /crm/extensions/calling/transcripts/{transcriptId} GET DELETE
  `,
  'Video conferencing': `
    /crm/extensions/videoconferencing/settings/{appId} GET PUT DELETE
  `,
  Cards: `
    /crm/extensions/cards-dev/sample-response GET
    /crm/extensions/cards-dev/{appId} GET POST
    /crm/extensions/cards-dev/{appId}/views/migrate POST
    /crm/extensions/cards-dev/{appId}/{cardId} GET PATCH DELETE
  `,
  'Feature flags': `
    /feature-flags/{appId}/flags/all GET
    /feature-flags/{appId}/flags/{flagName} GET PUT DELETE
    /feature-flags/{appId}/flags/{flagName}/portals GET
    /feature-flags/{appId}/flags/{flagName}/portals/batch/delete POST
    /feature-flags/{appId}/flags/{flagName}/portals/batch/upsert POST
    /feature-flags/{appId}/flags/{flagName}/portals/{portalId} GET PUT DELETE
  `,
  Uninstalling: `
    /appinstalls/external-install DELETE
  `,
  Timeline: `
    /integrators/timeline/events POST
    /integrators/timeline/events/batch/create POST
    /integrators/timeline/events/{eventTemplateId}/{eventId} GET
    /integrators/timeline/{appId}/event-templates GET POST
    /integrators/timeline/{appId}/event-templates/{eventTemplateId} GET PUT DELETE
    /integrators/timeline/{appId}/event-templates/{eventTemplateId}/tokens POST
    /integrators/timeline/{appId}/event-templates/{eventTemplateId}/tokens/{tokenName} PUT DELETE
    /integrators/timeline/events/batch POST
    /integrators/timeline/types/projects POST
  `,
  'Data sources': `
    /data-studio/data-source POST
    /data-studio/data-source/{datasourceId} GET PUT PATCH DELETE
    /data-studio/data-source/json POST
    /data-studio/data-source/{datasourceId}/data-push POST
    /data-studio/data-source/{datasourceId}/json PUT
  `,
};
