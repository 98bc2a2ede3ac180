/**
 * Every tool's description. The build puts the data in place of this module (see rolldown.config.ts): a server that is
 * asked for its tools then loads neither the tools nor what they stand on.
 */

import { tools } from '../../tools/index.ts';
import { describeTool, type ToolDescription } from './tool-description.ts';

export const toolDescriptions: readonly ToolDescription[] = tools.map(describeTool);
