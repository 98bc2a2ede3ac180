/** The options of the server, and what they give together. Each is in the file of its group. Pure. */

import * as z from 'zod';
import { UsageError } from '../option.ts';
import { httpOptions } from './http-options.ts';
import { hubspotOptions } from './hubspot-options.ts';
import { journalOptions } from './journal-options.ts';
import { observeOptions } from './observe-options.ts';
import { modelOptions, openaiOptions } from './openai-options.ts';
import { permissionOptions } from './permission-options.ts';
import { portalOptions } from './portal-options.ts';
import { qualityOptions } from './quality-options.ts';
import { quotaOptions } from './quota-options.ts';
import { toolOptions } from './tool-options.ts';

export const serverOptions = z.object({
  ...hubspotOptions,
  ...toolOptions,
  ...permissionOptions,
  ...portalOptions,
  ...journalOptions,
  ...qualityOptions,
  ...openaiOptions,
  ...quotaOptions,
  ...httpOptions,
  ...observeOptions,
});

export type Config = Readonly<z.output<typeof serverOptions>>;

/** @throws {@link UsageError} for settings that are each right and cannot stand together */
export function refuseContradictions(config: Config): void {
  const { accessToken, accessTokenFile, alertWebhook, alertSecret, audit, auditReads } = config;
  if (alertWebhook !== undefined && alertSecret === undefined) {
    throw new UsageError('HUBSPOT_MCP_ALERT_WEBHOOK: set HUBSPOT_MCP_ALERT_SECRET too, to sign the alerts with');
  }
  if (auditReads && audit === undefined) throw new UsageError('--audit-reads: name the file with --audit');
  if (config.openai) modelOptions(config);
  if (accessToken !== undefined && accessTokenFile !== undefined) {
    throw new UsageError('HUBSPOT_ACCESS_TOKEN and HUBSPOT_ACCESS_TOKEN_FILE are both set: keep one of them');
  }
}
