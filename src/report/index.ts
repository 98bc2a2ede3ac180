/** The report of an audit: the same data as JSON, as a page, as Markdown and in a few lines. */

export { type AuditReport, auditReport } from './audit-report.ts';
export { figuresIn } from './figures-in.ts';
export { MARKDOWN_HEAD, markdownOf } from './markdown.ts';
export { PAGE_HEAD, pageOf } from './page.ts';
export { type Audited, reportOf } from './report-of.ts';
export { summaryOf } from './summary.ts';
