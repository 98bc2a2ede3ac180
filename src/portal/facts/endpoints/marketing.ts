/** Marketing and files. Source: HubSpot's published endpoint inventory, compared 2026-11-22. */
export const marketingEndpoints: Readonly<Record<string, string>> = {
  Forms: `
    /marketing/forms GET POST
    /marketing/forms/{formId} GET PUT PATCH DELETE
  `,
  Files: `
    /files/files POST
    /files/files/import-from-url/async POST
    /files/files/import-from-url/async/tasks/{taskId}/status GET
    /files/files/search GET
    /files/files/stat/{path} GET
    /files/files/{fileId} GET PUT PATCH DELETE
    /files/files/{fileId}/download GET
    /files/files/{fileId}/gdpr-delete DELETE
    /files/files/{fileId}/signed-url GET
    /files/folders POST
    /files/folders/search GET
    /files/folders/update/async POST
    /files/folders/update/async/tasks/{taskId}/status GET
    /files/folders/{folderPath} GET PATCH DELETE
  `,
  Campaigns: `
    /marketing/campaigns GET POST
    /marketing/campaigns/batch/archive POST
    /marketing/campaigns/batch/create POST
    /marketing/campaigns/batch/read POST
    /marketing/campaigns/batch/update POST
    /marketing/campaigns/{campaignGuid} GET PATCH DELETE
    /marketing/campaigns/{campaignGuid}/assets/{assetType} GET
    /marketing/campaigns/{campaignGuid}/assets/{assetType}/{assetId} PUT DELETE
    /marketing/campaigns/{campaignGuid}/budget POST
    /marketing/campaigns/{campaignGuid}/budget/totals GET
    /marketing/campaigns/{campaignGuid}/budget/{budgetId} GET PUT DELETE
    /marketing/campaigns/{campaignGuid}/reports/contacts/{contactType} GET
    /marketing/campaigns/{campaignGuid}/reports/metrics GET
    /marketing/campaigns/{campaignGuid}/reports/revenue GET
    /marketing/campaigns/{campaignGuid}/spend POST
    /marketing/campaigns/{campaignGuid}/spend/{spendId} GET PUT DELETE
    /marketing/campaigns/asset-types GET
    /marketing/campaigns/clone POST
    /marketing/campaigns/clone/asset-types GET
    /marketing/campaigns/clone/{campaignGuid}/status GET
  `,
  'Marketing emails': `
    /marketing/emails GET POST
    /marketing/emails/ab-test/create-variation POST
    /marketing/emails/clone POST
    /marketing/emails/statistics/histogram GET
    /marketing/emails/statistics/list GET
    /marketing/emails/{emailId} GET PATCH DELETE
    /marketing/emails/{emailId}/ab-test/get-variation GET
    /marketing/emails/{emailId}/draft GET PATCH
    /marketing/emails/{emailId}/draft/reset POST
    /marketing/emails/{emailId}/publish POST
    /marketing/emails/{emailId}/revisions GET
    /marketing/emails/{emailId}/revisions/{revisionId} GET
    /marketing/emails/{emailId}/revisions/{revisionId}/restore POST
    /marketing/emails/{emailId}/revisions/{revisionId}/restore-to-draft POST
    /marketing/emails/{emailId}/unpublish POST
  `,
  'Single emails': `
    /marketing/email/single-send POST
    /marketing/email-campaigns/single-send POST
    /marketing/transactional/single-email/send POST
    /marketing/transactional/smtp-tokens GET POST
    /marketing/transactional/smtp-tokens/{tokenId} GET DELETE
    /marketing/transactional/smtp-tokens/{tokenId}/password-reset POST
  `,
  'Marketing events': `
    /marketing/marketing-events GET
    /marketing/marketing-events/associations/{externalAccountId}/{externalEventId}/lists GET
    /marketing/marketing-events/associations/{externalAccountId}/{externalEventId}/lists/{listId} PUT DELETE
    /marketing/marketing-events/associations/{marketingEventId}/lists GET
    /marketing/marketing-events/associations/{marketingEventId}/lists/{listId} PUT DELETE
    /marketing/marketing-events/attendance/{externalEventId}/{subscriberState}/create POST
    /marketing/marketing-events/attendance/{externalEventId}/{subscriberState}/email-create POST
    /marketing/marketing-events/batch/archive POST
    /marketing/marketing-events/batch/update POST
    /marketing/marketing-events/events POST
    /marketing/marketing-events/events/delete POST
    /marketing/marketing-events/events/search GET
    /marketing/marketing-events/events/upsert POST
    /marketing/marketing-events/events/{externalEventId} GET PUT PATCH DELETE
    /marketing/marketing-events/events/{externalEventId}/cancel POST
    /marketing/marketing-events/events/{externalEventId}/complete POST
    /marketing/marketing-events/events/{externalEventId}/{subscriberState}/email-upsert POST
    /marketing/marketing-events/events/{externalEventId}/{subscriberState}/upsert POST
    /marketing/marketing-events/participations/contacts/{contactIdentifier}/breakdown GET
    /marketing/marketing-events/participations/{externalAccountId}/{externalEventId} GET
    /marketing/marketing-events/participations/{externalAccountId}/{externalEventId}/breakdown GET
    /marketing/marketing-events/participations/{marketingEventId} GET
    /marketing/marketing-events/participations/{marketingEventId}/breakdown GET
    /marketing/marketing-events/{appId}/settings GET POST
    /marketing/marketing-events/{externalEventId}/identifiers GET
    /marketing/marketing-events/{objectId} GET PATCH DELETE
    /marketing/marketing-events/{objectId}/attendance/{subscriberState}/create POST
    /marketing/marketing-events/{objectId}/attendance/{subscriberState}/email-create POST
  `,
  'Lead scoring': `
    /marketing/lead-scoring/score-values/object-history GET
    /marketing/lead-scoring/scores GET POST
    /marketing/lead-scoring/scores/{scoreId} GET DELETE
    /marketing/lead-scoring/scores/{scoreId}/clone POST
    /marketing/lead-scoring/scores/{scoreId}/deactivate POST
    /marketing/lead-scoring/scores/{scoreId}/draft GET PUT
    /marketing/lead-scoring/scores/{scoreId}/draft/publish POST
    /marketing/lead-scoring/scores/{scoreId}/draft/reset POST
  `,
  'Answer engines': `
    /marketing/aeo/prompt-runs/{runUuid} GET
    /marketing/aeo/prompts GET
    /marketing/aeo/prompts/{promptId} GET
    /marketing/aeo/prompts/{promptId}/runs GET
    /marketing/aeo/recommendations GET
    /marketing/aeo/recommendations/{recommendationId} GET
  `,
  'Custom events': `
    /events/events GET
    /events/events/event-types GET
    /events/event-occurrences GET
    /events/event-occurrences/event-types GET
    /events/event-definitions GET POST
    /events/event-definitions/{eventName} GET PATCH DELETE
    /events/event-definitions/{eventName}/property POST
    /events/event-definitions/{eventName}/property/{propertyName} PATCH DELETE
    /events/send/batch POST
    /events/custom/event-definitions GET POST
    /events/custom/event-definitions/{eventName} GET PATCH DELETE
    /events/custom/event-definitions/{eventName}/property POST
    /events/custom/event-definitions/{eventName}/property/{propertyName} PATCH DELETE
    /events/custom/send POST
    /events/custom/send/batch POST
    /events/send POST
  `,
};
