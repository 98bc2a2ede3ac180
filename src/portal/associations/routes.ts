/** Everything that links records. */

import { configurationRoutes } from './configurations.ts';
import { defaultRoutes } from './default.ts';
import { labelledRoutes } from './labelled.ts';
import { labelRoutes } from './labels.ts';
import { readRoutes } from './read.ts';
import { removeRoutes } from './remove.ts';
import { usageReportRoutes } from './usage-report.ts';
import { v3Routes } from './v3.ts';

export const associationRoutes = [
  ...defaultRoutes,
  ...labelledRoutes,
  ...readRoutes,
  ...removeRoutes,
  ...labelRoutes,
  ...configurationRoutes,
  ...usageReportRoutes,
  ...v3Routes,
];
