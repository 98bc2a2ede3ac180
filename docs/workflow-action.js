/**
 * A custom-code action for HubSpot workflows (Node 24, no packages, 20 s): calls one tool of hubspot-crm-mcp.
 *
 * 1. Run `hubspot-crm-mcp --http` with HUBSPOT_MCP_BEARER set, behind your own https address. It listens on its own
 *    machine only, so the proxy must send the Host header 127.0.0.1.
 * 2. Give the action the secrets CRM_URL (such as https://crm.example.com) and CRM_BEARER.
 * 3. Give it the input fields `tool` and `arguments` (JSON). In `arguments`, {{name}} stands for the input field `name`.
 *
 * Outputs: `ok` (nothing failed), `applied` and `failed` (rows), `total` (records found), `firstId`, `firstRow` (its
 * values), `error` (a code), `message`, and the answer's plain values (`intent`, `draft`, the first `score`). It throws,
 * so that HubSpot runs it again, only if nothing was done and it may help.
 */
const LIMIT_MS = 18000;
const UNREACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

const refused = (code, message) => ({ status: 400, body: { code, message } });

const plain = (o) => Object.fromEntries(Object.entries(o).filter(([, value]) => Object(value) !== value));

exports.main = async ({ inputFields }) => {
  const { status, body } = await call(inputFields);
  const { applied = 0, rows = [], columns = [], failed = [], unknown = [] } = body;
  const lost = [...failed, ...unknown];
  const problem = lost[0] ?? (status === 200 ? undefined : body);
  const again = lost.length > 0 ? applied + rows.length === 0 && lost.every((row) => row.retryable) : body.retryable;
  if (again && unknown.length === 0) throw new Error(`${problem.code}: ${problem.message}`);
  const [first = []] = rows;
  return {
    outputFields: {
      ...plain({ ...body.scores?.[0], ...body }),
      ok: problem === undefined,
      applied,
      failed: lost.length,
      total: body.total ?? 0,
      firstId: first[columns.indexOf('id')] ?? '',
      firstRow: first.join(', '),
      error: problem?.code ?? '',
      message: problem?.message ?? '',
    },
  };
};

async function call({ tool, arguments: template = '{}', ...fields }) {
  const { CRM_URL, CRM_BEARER } = process.env;
  if (!tool || !template || !CRM_URL) return refused('no_input', 'tool, arguments ({} for none) or CRM_URL is empty.');
  const missing = [];
  const json = template.replace(/\{\{\s*(.*?)\s*\}\}/g, (_, name) => {
    if (!Object.hasOwn(fields, name)) missing.push(name);
    // Quotes and line breaks in a value must not break out of the JSON around it.
    return JSON.stringify(String(fields[name] ?? '')).slice(1, -1);
  });
  if (missing.length > 0) return refused('no_input', `There is no input field for {{${missing[0]}}}.`);
  try {
    const response = await fetch(`${CRM_URL.replace(/\/+$/, '')}/v1/tools/${encodeURIComponent(tool)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${CRM_BEARER}` },
      body: json,
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    return { status: response.status, body: await response.json() };
  } catch (error) {
    if (UNREACHED.includes(error.cause?.code)) throw error;
    return refused('no_answer', `It may have been carried out: ${error.message}`);
  }
}
