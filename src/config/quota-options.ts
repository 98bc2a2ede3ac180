/** How much of the account's quota this process may use, and with whom it shares it. */

import { option, optionGroup } from '../option.ts';
import { redisUrl } from './addresses.ts';
import { share, whole } from './values.ts';

export const quotaOptions = optionGroup('Quota', {
  redisUrl: option(
    {
      variable: 'HUBSPOT_MCP_REDIS_URL',
      text: 'a Redis (redis: or rediss:) through which several processes with one token share its quota',
    },
    redisUrl.optional(),
  ),
  redisShares: option(
    {
      flag: '--redis-shares <n>',
      variable: 'HUBSPOT_MCP_REDIS_SHARES',
      text: 'how many processes divide the quota while Redis is away (default: as many as were seen last)',
    },
    whole('a whole number of processes', 1, 1000).optional(),
  ),
  dailyShare: option(
    {
      flag: '--daily-share <share>',
      variable: 'HUBSPOT_MCP_DAILY_SHARE',
      text: "stop when so much of the account's daily calls is used, by whomever, such as 0.8 (default: 1)",
    },
    share.default(1),
  ),
});
