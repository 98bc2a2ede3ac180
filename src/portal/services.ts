/** Everything that a portal does by itself, beside answering. */

import { fileTaskService } from './files/task-service.ts';
import type { Service } from './route.ts';

export const services: readonly Service[] = [fileTaskService];
