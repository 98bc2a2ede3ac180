/** CRM records and their definitions. Source: HubSpot's published endpoint inventory, compared 2026-11-22. */
export const crmEndpoints: Readonly<Record<string, string>> = {
  Objects: `
    /crm/objects/{objectType}/search POST
    /crm/objects/{objectType} GET POST
    /crm/objects/{objectType}/batch/archive POST
    /crm/objects/{objectType}/batch/create POST
    /crm/objects/{objectType}/batch/read POST
    /crm/objects/{objectType}/batch/update POST
    /crm/objects/{objectType}/batch/upsert POST
    /crm/objects/{objectType}/gdpr-delete POST
    /crm/objects/{objectType}/merge POST
    /crm/objects/{objectType}/{objectId} GET PATCH DELETE
    /crm/objects/deals/splits/batch/read POST
    /crm/objects/deals/splits/batch/upsert POST
  `,
  Associations: `
    /crm/associations/{fromObjectType}/{toObjectType}/batch/archive POST
    /crm/associations/{fromObjectType}/{toObjectType}/batch/create POST
    /crm/associations/{fromObjectType}/{toObjectType}/batch/read POST
    /crm/associations/{fromObjectType}/{toObjectType}/batch/labels/archive POST
    /crm/associations/{fromObjectType}/{toObjectType}/batch/associate/default POST
    /crm/objects/{objectType}/{objectId}/associations/{toObjectType}/{toObjectId} PUT DELETE
    /crm/objects/{objectType}/{objectId}/associations/{toObjectType} GET
    /crm/objects/{fromObjectType}/{fromObjectId}/associations/default/{toObjectType}/{toObjectId} PUT
    /crm/associations/usage/high-usage-report/{userId} POST
    /crm/associations/definitions/configurations/all GET
    /crm/associations/definitions/configurations/{fromObjectType}/{toObjectType} GET
    /crm/associations/definitions/configurations/{fromObjectType}/{toObjectType}/batch/create POST
    /crm/associations/definitions/configurations/{fromObjectType}/{toObjectType}/batch/purge POST
    /crm/associations/definitions/configurations/{fromObjectType}/{toObjectType}/batch/update POST
    /crm/associations/{fromObjectType}/{toObjectType}/labels GET POST PUT
    /crm/associations/{fromObjectType}/{toObjectType}/labels/{associationTypeId} DELETE
    /crm/associations/{fromObjectType}/{toObjectType}/types GET
  `,
  Properties: `
    /crm/properties/{objectType} GET POST
    /crm/properties/{objectType}/batch/archive POST
    /crm/properties/{objectType}/batch/create POST
    /crm/properties/{objectType}/batch/read POST
    /crm/properties/{objectType}/groups GET POST
    /crm/properties/{objectType}/groups/{groupName} GET PATCH DELETE
    /crm/properties/{objectType}/{propertyName} GET PATCH DELETE
  `,
  'Property validations': `
    /crm/property-validations/{objectTypeId} GET
    /crm/property-validations/{objectTypeId}/{propertyName} GET
    /crm/property-validations/{objectTypeId}/{propertyName}/rule-type/{ruleType} GET PUT
  `,
  Schemas: `
    /crm-object-schemas/schemas GET POST
    /crm-object-schemas/schemas/batch/read POST
    /crm-object-schemas/schemas/{objectType} GET PATCH DELETE
    /crm-object-schemas/schemas/{objectType}/associations POST
    /crm-object-schemas/schemas/{objectType}/associations/{associationIdentifier} DELETE
  `,
  Pipelines: `
    /crm/pipelines/{objectType} GET POST
    /crm/pipelines/{objectType}/{pipelineId} GET PUT PATCH DELETE
    /crm/pipelines/{objectType}/{pipelineId}/audit GET
    /crm/pipelines/{objectType}/{pipelineId}/stages GET POST
    /crm/pipelines/{objectType}/{pipelineId}/stages/{stageId} GET PUT PATCH DELETE
    /crm/pipelines/{objectType}/{pipelineId}/stages/{stageId}/audit GET
  `,
  'Pipeline rules': `
    /crm/pipelines-rules/{objectTypeId}/{pipelineId} GET PUT PATCH DELETE
    /crm/pipelines-rules/{objectTypeId}/{pipelineId}/approvals/start POST
    /crm/pipelines-rules/{objectTypeId}/{pipelineId}/approvals/{objectId} GET
    /crm/pipelines-rules/{objectTypeId}/{pipelineId}/stage-edit-permissions GET PUT
  `,
  'Object library': `
    /crm/object-library/enablement GET
    /crm/object-library/enablement/{objectTypeId} GET
  `,
  'Object tags': `
    /crm/object-tags/{objectTypeId} GET POST
    /crm/object-tags/{objectTypeId}/{tagId} GET PUT PATCH DELETE
  `,
  Owners: `
    /crm/owners GET
    /crm/owners/{ownerId} GET
  `,
  Lists: `
    /crm/lists GET POST
    /crm/lists/folders GET POST
    /crm/lists/folders/move-list PUT
    /crm/lists/folders/{folderId} DELETE
    /crm/lists/folders/{folderId}/move/{newParentFolderId} PUT
    /crm/lists/folders/{folderId}/rename PUT
    /crm/lists/idmapping GET POST
    /crm/lists/object-type-id/{objectTypeId}/name/{listName} GET
    /crm/lists/records/memberships/batch/read POST
    /crm/lists/records/{objectTypeId}/{recordId}/memberships GET
    /crm/lists/search POST
    /crm/lists/{listId} GET DELETE
    /crm/lists/{listId}/memberships GET DELETE
    /crm/lists/{listId}/memberships/add PUT
    /crm/lists/{listId}/memberships/add-and-remove PUT
    /crm/lists/{listId}/memberships/add-from/{sourceListId} PUT
    /crm/lists/{listId}/memberships/join-order GET
    /crm/lists/{listId}/memberships/remove PUT
    /crm/lists/{listId}/restore PUT
    /crm/lists/{listId}/schedule-conversion GET PUT DELETE
    /crm/lists/{listId}/size-and-edits-history/between GET
    /crm/lists/{listId}/update-list-filters PUT
    /crm/lists/{listId}/update-list-name PUT
    /crm/lists/all POST
  `,
  Imports: `
    /crm/imports GET POST
    /crm/imports/{importId} GET
    /crm/imports/{importId}/cancel POST
    /crm/imports/{importId}/errors GET
  `,
  Exports: `
    /crm/exports/export/async POST
    /crm/exports/export/async/tasks/{taskId}/status GET
    /crm/exports/export/{exportId} GET
  `,
  'Limits tracking': `
    /crm/limits/associations/labels GET
    /crm/limits/associations/records/from GET
    /crm/limits/associations/records/{fromObjectTypeId}/to GET
    /crm/limits/associations/records/{fromObjectTypeId}/{toObjectTypeId} GET
    /crm/limits/calculated-properties GET
    /crm/limits/custom-object-types GET
    /crm/limits/custom-properties GET
    /crm/limits/pipelines GET
    /crm/limits/records GET
  `,
  'Task series': `
    /crm/task-series POST
    /crm/task-series/{taskId} GET PATCH DELETE
  `,
  Forecasts: `
    /forecast-settings/forecast-types GET
    /forecast-settings/forecast-types/{forecastTypeId} GET
    /forecast-submissions/events GET
  `,
  'Conversation recaps': `
    /notetaker/conversation/recap/{objectTypeId}/{objectId} GET
  `,
};
