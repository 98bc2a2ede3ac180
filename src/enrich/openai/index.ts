/** The optional model: what may be sent, what it may cost, and what its word counts. Loaded only where it was asked for. */

export { allowedIn, isJudged, type JudgedKind } from './allowed.ts';
export { cleanText } from './clean.ts';
export { createModel } from './create-model.ts';
export { estimateTable, judgeTable } from './judge-table.ts';
export { createLedger } from './money.ts';
export { faultIn, type Summary, type SummaryFacts, writeSummary } from './summary.ts';
