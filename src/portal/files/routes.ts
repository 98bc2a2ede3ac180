/** Everything of the file manager. */

import type { Route } from '../route.ts';
import { folderRoutes } from './folders.ts';
import { fileSearchRoutes } from './search.ts';
import { servedFileRoutes } from './serve-file.ts';
import { singleFileRoutes } from './single.ts';
import { fileTaskRoutes } from './tasks.ts';
import { uploadRoutes } from './upload.ts';

export const fileRoutes: readonly Route[] = [
  ...uploadRoutes,
  ...singleFileRoutes,
  ...fileSearchRoutes,
  ...folderRoutes,
  ...fileTaskRoutes,
  ...servedFileRoutes,
];
