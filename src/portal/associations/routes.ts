/** Everything that links records. */

import { defaultRoutes } from './default.ts';
import { labelledRoutes } from './labelled.ts';
import { labelRoutes } from './labels.ts';
import { readRoutes } from './read.ts';
import { removeRoutes } from './remove.ts';

export const associationRoutes = [...defaultRoutes, ...labelledRoutes, ...readRoutes, ...removeRoutes, ...labelRoutes];
