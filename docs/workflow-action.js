/**
 * A custom-code action for HubSpot workflows (Node 24, no packages, 20 s): calls one tool of hubspot-crm-mcp.
 *
 * 1. Run `hubspot-crm-mcp --http` with HUBSPOT_MCP_BEARER set, behind your own https address. It listens on its own
 *    machine only, so the proxy must pass requests on with the Host header 127.0.0.1.
 * 2. Give the action the secrets CRM_URL (such as https://crm.example.com) and CRM_BEARER.
 * 3. Give it the input fields `tool` and `arguments` (JSON). In `arguments`, {{name}} stands for the input field `name`.
 *
 * Outputs: `ok`, `applied` (rows written), `total` (records found), `firstId`, `error` (a code), `message`.
 */
const LIMIT_MS = 18000;

exports.main = async (event) => {
  const { tool, arguments: template = '{}', ...fields } = event.inputFields;
  // Quotes and line breaks in a value must not break out of the JSON around it.
  const escaped = (name) => JSON.stringify(String(fields[name] ?? '')).slice(1, -1);
  const response = await fetch(`${process.env.CRM_URL}/v1/tools/${encodeURIComponent(tool)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${process.env.CRM_BEARER}` },
    body: template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name) => escaped(name)),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const body = await response.json();
  // HubSpot runs an action that throws again, later: right for what may pass, wrong for what never will.
  if (body.retryable) throw new Error(`${body.code}: ${body.message}`);
  const problem = response.ok ? undefined : (body.failed?.[0] ?? body.unknown?.[0] ?? body);
  const column = body.columns?.indexOf('id') ?? -1;
  return {
    outputFields: {
      ok: response.ok,
      applied: body.applied ?? 0,
      total: body.total ?? 0,
      firstId: (column < 0 ? undefined : body.rows[0]?.[column]) ?? '',
      error: problem?.code ?? '',
      message: problem?.message ?? '',
    },
  };
};
