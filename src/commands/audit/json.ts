import { type AuditReport, auditReport } from '../../report/index.ts';

/** How the JSON begins: what an audit wrote, another may overwrite. */
export const JSON_HEAD = '{\n "kind": "hubspot-crm-mcp audit"';

/** As its schema says, or not at all. */
export function jsonOf(report: AuditReport): string {
  return `${JSON.stringify(auditReport.parse(report), null, 1)}\n`;
}
