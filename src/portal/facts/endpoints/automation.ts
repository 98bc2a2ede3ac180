/** Workflows, sequences, and their actions. Source: HubSpot's published endpoint inventory, compared 2026-11-22. */
export const automationEndpoints: Readonly<Record<string, string>> = {
  Workflows: `
    /automation/flows GET POST
    /automation/flows/batch/read POST
    /automation/flows/email-campaigns GET
    /automation/flows/performance/{flowId} GET
    /automation/flows/{flowId} GET PUT DELETE
    /automation/workflow-id-mappings/batch/read POST
    /automation/action-types GET
    /automation/flows/{flowId}/revisions/{revisionId} GET
  `,
  'Workflow actions': `
    /automation/actions/callbacks/complete POST
    /automation/actions/callbacks/{callbackId}/complete POST
    /automation/actions/{appId} GET POST
    /automation/actions/{appId}/{definitionId} GET PATCH DELETE
    /automation/actions/{appId}/{definitionId}/functions GET
    /automation/actions/{appId}/{definitionId}/functions/{functionType} GET PUT DELETE
    /automation/actions/{appId}/{definitionId}/functions/{functionType}/{functionId} GET PUT DELETE
    /automation/actions/{appId}/{definitionId}/requires-object GET POST
    /automation/actions/{appId}/{definitionId}/revisions GET
    /automation/actions/{appId}/{definitionId}/revisions/{revisionId} GET
  `,
  Sequences: `
    /automation/sequences GET
    /automation/sequences/enrollments POST
    /automation/sequences/enrollments/contact/{contactId} GET
    /automation/sequences/{sequenceId} GET
    /automation/sequences/serviceaccounts/enrollments POST
    /automation/sequences/serviceaccounts/sequences GET POST
    /automation/sequences/serviceaccounts/sequences/{sequenceId} GET PUT DELETE
    /automation/sequences/serviceaccounts/sequences/{sequenceId}/performance GET
  `,
  'Email templates': `
    /automation/email-templates GET POST
    /automation/email-templates/folders GET
    /automation/email-templates/{templateId} GET PATCH
  `,
};
