/** The forms host: submitting to a form, with a token and without, and reading what was submitted. */

import { readBody } from '../body.ts';
import { PortalError } from '../errors.ts';
import { nextPage, readLimit } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import type { StoredForm } from '../store/forms.ts';
import { PORTAL } from '../store/store.ts';
import { applySubmission } from './apply.ts';
import { checkSubmission } from './check-submission.ts';
import { submissionInput } from './submission.ts';

const PAGE = 'developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v3-legacy/submit-data';

/** Archived forms take nothing. Guess: the words for a form that is not there. @throws PortalError 404 */
function formOf(call: Call): StoredForm {
  const form = call.store.forms.definitions.get(PORTAL, call.params['formGuid'] ?? '');
  if (!form || form.archivedAt !== undefined) throw new PortalError(404, { message: 'Form not found' });
  return form;
}

function submit(call: Call, authenticated: boolean): Answer {
  const portalId = call.store.account.get(PORTAL, 'account')?.portalId;
  if (call.params['portalId'] !== String(portalId)) throw new PortalError(404, { message: 'Form not found' });
  const form = formOf(call);
  const submission = readBody(call, submissionInput);
  checkSubmission(call.store, form, submission, { now: call.now, authenticated });
  const { fields, context, legalConsentOptions, submittedAt } = submission;
  const conversionId = call.random.uuid();
  const at = submittedAt === undefined ? call.now : Number(submittedAt);
  call.store.forms.submit(form.id, {
    conversionId,
    submittedAt: at,
    values: fields,
    ...(context?.['pageUri'] !== undefined && { pageUrl: context['pageUri'] }),
    ...(legalConsentOptions && { legalConsentOptions }),
  });
  // Guess: which of its ids a form puts into the history of values.
  const source = { sourceType: 'FORM', sourceId: conversionId, sourceLabel: form.name };
  applySubmission({ store: call.store, now: call.now, source }, form, { ...submission, at });
  return { status: 200, body: afterwards(form) };
}

/** What the visitor is shown. */
function afterwards({ configuration }: StoredForm): { redirectUri: unknown } | { inlineMessage: unknown } {
  const action = configuration['postSubmitAction'];
  const read = (name: string): unknown =>
    typeof action === 'object' && action !== null ? Reflect.get(action, name) : '';
  return read('type') === 'redirect_url' ? { redirectUri: read('value') } : { inlineMessage: read('value') };
}

export const submissionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/submissions/integration/secure/submit/{portalId}/{formGuid}',
    versions: ['v3'],
    scopes: () => ['forms'],
    budget: 'burst',
    source: { page: `${PAGE}-authenticated`, compared: '2026-11-22' },
    handle: (call) => submit(call, true),
  },
  {
    method: 'POST',
    path: '/submissions/integration/submit/{portalId}/{formGuid}',
    versions: ['v3'],
    authentication: 'none',
    scopes: () => [],
    budget: 'forms',
    source: { page: `${PAGE}-unauthenticated`, compared: '2026-11-22' },
    handle: (call) => submit(call, false),
  },
  {
    method: 'GET',
    path: '/form-integrations/submissions/forms/{formGuid}',
    versions: ['v1'],
    scopes: () => ['forms'],
    budget: 'burst',
    source: { page: 'legacydocs.hubspot.com/docs/methods/forms/get-submissions-for-a-form', compared: '2026-11-22' },
    handle(call) {
      const form = formOf(call);
      const limit = readLimit(call, 20, 50);
      const after = call.query.get('after') ?? '';
      const from = /^\d{1,9}$/.test(after) ? Number(after) : 0;
      const found = call.store.forms.submissions(form.id, { limit: limit + 1, from });
      const results = found.slice(0, limit).map(({ legalConsentOptions: _consent, ...shown }) => shown);
      const paging = found.length > limit && { paging: nextPage(call, call.path, String(from + limit)) };
      return { status: 200, body: { results, ...paging } };
    },
  },
];
