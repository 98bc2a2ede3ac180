/** What operators are told: the log, the audit log and alerts. */

import * as z from 'zod';
import { option, optionGroup } from '../option.ts';
import { webhookUrl } from './addresses.ts';
import { secret, share, yesOrNo } from './values.ts';

export const observeOptions = optionGroup('Log, audit and alerts', {
  logFormat: option(
    {
      flag: '--log-format <text|json>',
      variable: 'HUBSPOT_MCP_LOG_FORMAT',
      text: 'how to log on stderr (default: text)',
    },
    z.enum(['text', 'json'], { error: 'expected text or json' }).default('text'),
  ),
  logLevel: option(
    {
      flag: '--log-level <level>',
      variable: 'HUBSPOT_MCP_LOG_LEVEL',
      text: 'log error, warn, info or debug and what weighs more (default: info)',
    },
    z.enum(['error', 'warn', 'info', 'debug'], { error: 'expected error, warn, info or debug' }).default('info'),
  ),
  audit: option(
    {
      flag: '--audit <file>',
      variable: 'HUBSPOT_MCP_AUDIT',
      text: 'append a line to this file for each call that wrote, was refused or needed a person',
    },
    z.string().optional(),
  ),
  auditReads: option(
    {
      flag: '--audit-reads',
      variable: 'HUBSPOT_MCP_AUDIT_READS',
      text: 'a line in that file for every other call too',
    },
    yesOrNo,
  ),
  alertWebhook: option(
    {
      variable: 'HUBSPOT_MCP_ALERT_WEBHOOK',
      text: 'where to send alerts; https, or http on this machine (docs/operations.md)',
    },
    webhookUrl.optional(),
  ),
  alertSecret: option(
    { variable: 'HUBSPOT_MCP_ALERT_SECRET', text: 'what alerts to the webhook are signed with; 16 characters or more' },
    secret.min(16, 'expected 16 characters or more').optional(),
  ),
  alertTasks: option(
    {
      flag: '--alert-tasks',
      variable: 'HUBSPOT_MCP_ALERT_TASKS',
      text: 'write alerts into HubSpot too, as tasks, one a day of each kind',
    },
    yesOrNo,
  ),
  alertErrorRate: option(
    {
      flag: '--alert-error-rate <share>',
      variable: 'HUBSPOT_MCP_ALERT_ERROR_RATE',
      text: 'the share of failing calls from which on there is an alert (default: 0.2)',
    },
    share.default(0.2),
  ),
  alertDayLeft: option(
    {
      flag: '--alert-day-left <share>',
      variable: 'HUBSPOT_MCP_ALERT_DAY_LEFT',
      text: "the share of the account's daily calls below which there is an alert (default: 0.1)",
    },
    share.default(0.1),
  ),
});
