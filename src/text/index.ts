/** How what a tool gives becomes what a model reads. Pure; called by the server alone, so that no tool can forget it. */

export { clean, cleanText } from './clean.ts';
export { parseCell, render, renderCell, type Table } from './render.ts';
