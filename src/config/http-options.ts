/** Serving HTTP, beside stdio. */

import * as z from 'zod';
import { option, optionGroup } from '../option.ts';
import { port, secret } from './values.ts';

const DEFAULT_HTTP_PORT = 3414;

export const httpOptions = optionGroup('HTTP', {
  http: option(
    {
      flag: '--http [port]',
      variable: 'HUBSPOT_MCP_HTTP',
      text: `serve HTTP on this machine instead of stdio (default port: ${DEFAULT_HTTP_PORT})`,
    },
    z
      .union([z.literal(true).transform(() => DEFAULT_HTTP_PORT), port], { error: 'expected a port from 0 to 65535' })
      .optional(),
  ),
  bearer: option(
    { variable: 'HUBSPOT_MCP_BEARER', text: 'a secret that HTTP callers must send as `Authorization: Bearer ...`' },
    secret.optional(),
  ),
});
