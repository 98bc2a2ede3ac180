/**
 * APIs that are told by the beginnings of their paths, since nothing behind these is emulated but where a route says so:
 * the CMS, and those before v3. Source: developers.hubspot.com/docs/api-reference, compared 2026-11-22.
 */
export const areasByPrefix: Readonly<Record<string, string>> = {
  CMS: `
    /cms/audit-logs /cms/blogs /cms/domains /cms/hubdb /cms/media-bridge /cms/pages /cms/performance /cms/search
    /cms/site-search /cms/source-code /cms/url-redirects /cms/url-mappings /media-bridge /content/api /hubdb/api
    /url-mappings /filemanager/api
  `,
  'Before v3': `
    /analytics/v2 /automation/v2 /automation/v3 /broadcast/v1 /calendar/v1 /companies/v2 /contacts/v1 /contentsearch/v2
    /crm-associations/v1 /crm-objects/v1 /crm-pipelines/v1 /deals/v1 /ecommerce/v1 /email/public /engagements/v1
    /extensions/sales-objects /feedback/v3 /forms/v2 /integrations/v1 /keywords/v1 /marketing-emails/v1 /owners/v2
    /properties/v1 /properties/v2 /social/v1 /extensions/ecomm /extensions/timeline
  `,
};
