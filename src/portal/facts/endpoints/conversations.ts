/** Talking with people, and whether they want it. Source: HubSpot's published endpoint inventory, compared 2026-11-22. */
export const conversationEndpoints: Readonly<Record<string, string>> = {
  'Inbox and messages': `
    /conversations/conversations/threads/{threadId}/assignee PUT DELETE
    /conversations/conversations/actors/batch/read POST
    /conversations/conversations/actors/{actorId} GET
    /conversations/conversations/channel-accounts GET
    /conversations/conversations/channel-accounts/{channelAccountId} GET
    /conversations/conversations/channels GET
    /conversations/conversations/channels/{channelId} GET
    /conversations/conversations/inboxes GET
    /conversations/conversations/inboxes/{inboxId} GET
    /conversations/conversations/threads GET
    /conversations/conversations/threads/{threadId} GET PATCH DELETE
    /conversations/conversations/threads/{threadId}/messages GET POST
    /conversations/conversations/threads/{threadId}/messages/{messageId} GET
    /conversations/conversations/threads/{threadId}/messages/{messageId}/original-content GET
  `,
  'Custom channels': `
    /conversations/custom-channels GET POST
    /conversations/custom-channels/{channelId} GET PATCH DELETE
    /conversations/custom-channels/{channelId}/channel-account-staging-tokens/{accountToken} PATCH
    /conversations/custom-channels/{channelId}/channel-accounts GET POST
    /conversations/custom-channels/{channelId}/channel-accounts/{channelAccountId} GET PATCH
    /conversations/custom-channels/{channelId}/messages POST
    /conversations/custom-channels/{channelId}/messages/{messageId} GET PATCH
  `,
  'Visitor identification': `
    /visitor-identification/tokens/create POST
  `,
  'Communication preferences': `
    /communication-preferences/definitions GET
    /communication-preferences/status/email/{emailAddress} GET
    /communication-preferences/subscribe POST
    /communication-preferences/unsubscribe POST
    /communication-preferences/links/generate POST
    /communication-preferences/statuses/batch/read POST
    /communication-preferences/statuses/batch/unsubscribe-all POST
    /communication-preferences/statuses/batch/unsubscribe-all/read POST
    /communication-preferences/statuses/batch/write POST
    /communication-preferences/statuses/{subscriberIdString} GET POST
    /communication-preferences/statuses/{subscriberIdString}/unsubscribe-all GET POST
    /communication-preferences/resubscribe POST
  `,
};
