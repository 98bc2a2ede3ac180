/** Anomalies of a portal: the checks, and their run. */

export { checks } from './checks.ts';
export { needsOf } from './needs.ts';
export { parseRules, RulesError } from './rules.ts';
export { chosenChecks, runChecks, runChecksInTurn, UnknownCheckError } from './run.ts';
