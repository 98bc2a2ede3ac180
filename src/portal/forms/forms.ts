/** `/marketing/forms`: the definitions of forms. */

import { readBody } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import { nextPage, readFlag, readLimit, readNames } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import type { StoredForm } from '../store/forms.ts';
import { PORTAL } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { checkedParts, formInput, formPatch } from './definition.ts';

const common = {
  versions: ['v3', '2026-09-beta'],
  scopes: () => ['forms'],
  budget: 'burst',
  source: {
    page: 'developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v3-legacy/guide',
    compared: '2026-11-22',
  },
} as const;

/** Guess: the sizes of a page. */
const DEFAULT_PAGE = 20;
const MAX_PAGE = 500;

const formTypes = ['hubspot', 'captured', 'flow', 'blog_comment', 'all'];

function presentForm({ createdAt, updatedAt, archivedAt, ...form }: StoredForm) {
  return {
    ...form,
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
    archived: archivedAt !== undefined,
    ...(archivedAt !== undefined && { archivedAt: isoTime(archivedAt) }),
  };
}

/** Guess: the words for a form that is not there. @throws PortalError 404 */
function requireForm(call: Call, archived: boolean): StoredForm {
  const id = call.params['formId'] ?? '';
  const form = call.store.forms.definitions.get(PORTAL, id);
  if (!form || (form.archivedAt !== undefined) !== archived) throw notFound(`No form found with id ${id}`);
  return form;
}

function put(call: Call, form: StoredForm): StoredForm {
  call.store.forms.definitions.put(PORTAL, form.id, form);
  return form;
}

export const formDefinitionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/marketing/forms',
    ...common,
    handle(call) {
      const limit = readLimit(call, DEFAULT_PAGE, MAX_PAGE);
      const archived = readFlag(call, 'archived');
      const asked = readNames(call, 'formTypes');
      const unknown = asked.find((type) => !formTypes.includes(type));
      // Guess: the words for a form type that HubSpot does not have.
      if (unknown !== undefined) throw invalid(`Invalid formTypes: ${unknown} is none of [${formTypes.join(', ')}]`);
      const forms = call.store.forms.definitions
        .list(PORTAL)
        .filter((form) => (form.archivedAt !== undefined) === archived)
        .filter(({ formType }) => asked.length === 0 || asked.includes('all') || asked.includes(formType));
      const after = call.query.get('after');
      const start = after ? forms.findIndex(({ id }) => id === after) : 0;
      // Guess: the words for what is no cursor.
      if (start < 0) throw invalid(`Invalid after: ${after}`);
      const next = forms[start + limit];
      const results = forms.slice(start, start + limit).map(presentForm);
      return { status: 200, body: { results, ...(next && { paging: nextPage(call, call.path, next.id) }) } };
    },
  },
  {
    method: 'POST',
    path: '/marketing/forms',
    ...common,
    handle(call) {
      const input = readBody(call, formInput);
      const form = put(call, {
        id: call.random.uuid(),
        formType: input.formType,
        createdAt: call.now,
        updatedAt: call.now,
        ...parts(call, input),
      });
      return { status: 201, body: presentForm(form) };
    },
  },
  {
    method: 'GET',
    path: '/marketing/forms/{formId}',
    ...common,
    handle: (call) => ({ status: 200, body: presentForm(requireForm(call, readFlag(call, 'archived'))) }),
  },
  {
    method: 'PUT',
    path: '/marketing/forms/{formId}',
    ...common,
    handle(call) {
      const known = requireForm(call, false);
      const input = readBody(call, formInput);
      return { status: 200, body: presentForm(put(call, { ...known, updatedAt: call.now, ...parts(call, input) })) };
    },
  },
  {
    method: 'PATCH',
    path: '/marketing/forms/{formId}',
    ...common,
    handle(call) {
      const input = readBody(call, formPatch);
      const { archivedAt: _archivedAt, ...known } = requireForm(call, input.archived === false);
      const archived = input.archived ? { archivedAt: call.now } : {};
      const changed = { ...known, ...archived, updatedAt: call.now, ...checkedParts(call.store, input) };
      return { status: 200, body: presentForm(put(call, changed)) };
    },
  },
  {
    method: 'DELETE',
    path: '/marketing/forms/{formId}',
    ...common,
    handle(call) {
      put(call, { ...requireForm(call, false), archivedAt: call.now });
      return { status: 204 };
    },
  },
];

function parts(call: Call, { name, fieldGroups, configuration, displayOptions, legalConsentOptions }: Input) {
  const sent = { name, fieldGroups, configuration, displayOptions, legalConsentOptions };
  return { ...sent, ...checkedParts(call.store, sent) };
}

type Input = ReturnType<typeof formInput>;
