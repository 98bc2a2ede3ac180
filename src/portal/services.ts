/** Everything that a portal does by itself, beside answering. */

import { recalculation } from './calculated/recalculation.ts';
import { exportService } from './exports/service.ts';
import { fileTaskService } from './files/task-service.ts';
import { importService } from './imports/service.ts';
import { listService } from './lists/service.ts';
import type { Service } from './route.ts';
import { exchangeRateService } from './settings/exchange-rates.ts';
import { webhookSender } from './webhooks/sender.ts';

export const services: readonly Service[] = [
  listService,
  exportService,
  webhookSender,
  fileTaskService,
  importService,
  recalculation,
  exchangeRateService,
];
