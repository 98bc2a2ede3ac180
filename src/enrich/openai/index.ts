/** The optional model: what may be sent, what it may cost, and what its word counts. Loaded only where it was asked for. */

export { isJudged } from './allowed.ts';
export { createModel } from './create-model.ts';
export { estimateTable, judgeTable } from './judge-table.ts';
