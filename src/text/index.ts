/**
 * How what a tool gives becomes what a model reads. Pure; called by the server alone, so that no tool can forget it. What
 * makes strangers' text harmless is in `reading.ts`, which loads a parser of HTML and is loaded with the first call.
 */

export { cleanText } from './clean.ts';
export { parseCell, render, renderCell } from './render.ts';
