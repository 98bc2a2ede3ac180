/** The commands beside serving, in the order in which help shows them. Adding one is its file and one line here. */

import type { Command } from '../command.ts';
import { audit } from './audit.ts';
import { cloneSchema } from './clone-schema.ts';
import { demo } from './demo.ts';
import { dictionary } from './dictionary.ts';
import { duplicates } from './duplicates.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { portalExport } from './portal/export.ts';
import { portal } from './portal.ts';
import { setup } from './setup.ts';
import { verifyAuditLog } from './verify-audit.ts';
import { watch } from './watch.ts';

export { serve } from './serve.ts';

export const commands: readonly Command[] = [
  portal,
  portalExport,
  cloneSchema,
  dictionary,
  importCommand,
  exportCommand,
  duplicates,
  audit,
  watch,
  setup,
  verifyAuditLog,
  demo,
];
