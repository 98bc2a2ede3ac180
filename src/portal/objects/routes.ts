/** Everything under /crm/objects that reads and writes records. */

import { batchRoutes } from './batch.ts';
import { gdprDeleteRoutes } from './gdpr-delete.ts';
import { mergeRoutes } from './merge.ts';
import { singleRoutes } from './single.ts';

export const objectRoutes = [...singleRoutes, ...batchRoutes, ...mergeRoutes, ...gdprDeleteRoutes];
