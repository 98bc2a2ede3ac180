/** The tools, in reading order. Adding a tool is its file, one line here, and its test. */

import type { Tool } from '../src/tool.ts';

export const tools: readonly Tool[] = [];
