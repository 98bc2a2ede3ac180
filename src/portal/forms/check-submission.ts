/**
 * What is wrong with a submission, all of it, in the words of the forms host.
 * Sources: the error types of developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v3-legacy/
 * submit-data-unauthenticated, compared 2026-11-22; the words of REQUIRED_FIELD and INVALID_EMAIL, and the shape, were
 * recorded by public clients. Guess: all other words; that a field which depends on another one is never required; that
 * `skipValidation` passes over values only; what a wrong `submittedAt` is called; the e-mail hosts of the default block
 * list.
 */

import { isIP } from 'node:net';
import { PortalError } from '../errors.ts';
import type { FormField, StoredForm } from '../store/forms.ts';
import type { Store } from '../store/store.ts';
import { MAX_TEXT, normalize } from '../values/normalize.ts';
import { fieldsOf } from './definition.ts';
import type { Submission, SubmittedField } from './submission.ts';

export interface SubmissionProblem {
  readonly message: string;
  readonly errorType: string;
}

/** 400 with one entry per problem; its members are none of the other APIs' errors. */
class InvalidSubmission extends PortalError {
  constructor(problems: readonly SubmissionProblem[]) {
    super(400, { message: 'The request is not valid', errors: problems });
  }
}

const MAX_FIELDS = 1_000;
const MONTH_MS = 31 * 86_400_000;

const freeHosts = ['gmail.com', 'googlemail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'aol.com', 'icloud.com'];

const metadata =
  'hutk ipAddress pageUri pageName pageId sfdcCampaignId goToWebinarWebinarKey fallbackPageUri trackingCodeId'.split(
    ' ',
  );

/** How a field is named in errors: contacts' by name alone. */
function labelOf({ objectTypeId, name }: Pick<SubmittedField, 'objectTypeId' | 'name'>): string {
  return objectTypeId === '0-1' ? name : `${objectTypeId}/${name}`;
}

function fieldProblem(field: SubmittedField, message: string, errorType: string): SubmissionProblem {
  return { message: `Error in 'fields.${labelOf(field)}'. ${message}`, errorType };
}

/** @throws InvalidSubmission */
export function checkSubmission(
  store: Store,
  form: StoredForm,
  submission: Submission,
  options: { readonly now: number; readonly authenticated: boolean },
): void {
  const problems = [
    ...checkForm(form),
    ...checkFields(store, form, submission, options.authenticated),
    ...checkTime(submission.submittedAt, options.now),
    ...checkContext(submission.context),
    ...checkConsent(submission.legalConsentOptions),
  ];
  if (problems.length > 0) throw new InvalidSubmission(problems);
}

function checkForm(form: StoredForm): SubmissionProblem[] {
  if (form.configuration['recaptchaEnabled'] !== true) return [];
  return [{ message: 'The form has captcha enabled', errorType: 'FORM_HAS_RECAPTCHA_ENABLED' }];
}

function checkFields(
  store: Store,
  form: StoredForm,
  { fields, skipValidation }: Submission,
  authenticated: boolean,
): SubmissionProblem[] {
  if (fields.length > MAX_FIELDS) {
    const message = `Error in 'fields'. At most ${MAX_FIELDS} fields can be submitted`;
    return [{ message, errorType: 'MAX_NUMBER_OF_SUBMITTED_VALUES_EXCEEDED' }];
  }
  const declared = new Map(fieldsOf(form).map((field) => [labelOf(field), field]));
  const top = form.fieldGroups.flatMap((group) => group.fields);
  const given = new Set(fields.filter(({ value }) => value.trim() !== '').map(labelOf));
  const missing = top
    .filter((field) => field.required && !given.has(labelOf(field)))
    .map((field) =>
      fieldProblem({ ...field, value: '' }, `Required field '${labelOf(field)}' is missing`, 'REQUIRED_FIELD'),
    );
  const wrong = fields.flatMap((field) => {
    const definition = declared.get(labelOf(field));
    // With a token, a field need not be in the form, but still in the account.
    const property = store.properties.get(field.objectTypeId, field.name);
    if (!definition && !(authenticated && property?.archived === false)) {
      return [fieldProblem(field, 'Field is not in the form definition', 'FIELD_NOT_IN_FORM_DEFINITION')];
    }
    if (field.value.length > MAX_TEXT) return [fieldProblem(field, 'Value is too large', 'INPUT_TOO_LARGE')];
    if (field.value.trim() === '') return [];
    if (field.objectTypeId === '0-1' && field.name === 'email') return checkEmail(store, definition, field);
    return definition && !skipValidation ? checkValue(definition, field) : [];
  });
  return [...missing, ...wrong];
}

function checkEmail(store: Store, definition: FormField | undefined, field: SubmittedField): SubmissionProblem[] {
  const property = store.properties.get('0-1', 'email');
  if (property && 'error' in normalize(property, field.value)) {
    return [fieldProblem(field, 'Invalid email address', 'INVALID_EMAIL')];
  }
  const host = field.value.trim().toLowerCase().split('@').at(-1) ?? '';
  const { blockedEmailDomains = [], useDefaultBlockList } = definition?.validation ?? {};
  const own = Array.isArray(blockedEmailDomains)
    ? blockedEmailDomains.map((domain) => String(domain).toLowerCase())
    : [];
  const blocked = useDefaultBlockList === true ? [...own, ...freeHosts] : own;
  return blocked.includes(host) ? [fieldProblem(field, 'Email address is blocked', 'BLOCKED_EMAIL')] : [];
}

function checkValue({ fieldType, options, validation }: FormField, field: SubmittedField): SubmissionProblem[] {
  if (options) {
    const values =
      fieldType === 'multiple_checkboxes' ? field.value.split(';').filter((each) => each !== '') : [field.value];
    if (values.every((value) => options.some((option) => option.value === value))) return [];
    return [fieldProblem(field, 'Value is not in the field definition', 'VALUE_NOT_IN_FIELD_DEFINITION')];
  }
  if (fieldType === 'number' && !/^\s*[+-]?(\d+(?:\.\d*)?|\.\d+)\s*$/.test(field.value)) {
    return [fieldProblem(field, 'Invalid number', 'INVALID_NUMBER')];
  }
  const digits = field.value.replaceAll(/\D/g, '').length;
  const least = Number(validation?.['minAllowedDigits'] ?? 0);
  const most = Number(validation?.['maxAllowedDigits'] ?? Number.POSITIVE_INFINITY);
  if (['number', 'phone', 'mobile_phone'].includes(fieldType) && (digits < least || (most > 0 && digits > most))) {
    return [fieldProblem(field, `Between ${least} and ${most} digits are allowed`, 'NUMBER_OUT_OF_RANGE')];
  }
  return [];
}

function checkTime(submittedAt: string | undefined, now: number): SubmissionProblem[] {
  if (submittedAt === undefined) return [];
  const at = Number(submittedAt);
  if (/^\d{1,15}$/.test(submittedAt) && at <= now + 86_400_000 && at >= now - MONTH_MS) return [];
  const message = "Error in 'submittedAt'. It must be a time in milliseconds of the last month";
  return [{ message, errorType: 'INVALID_METADATA' }];
}

function checkContext(context: Submission['context'] = {}): SubmissionProblem[] {
  const unknown = Object.keys(context).filter((name) => !metadata.includes(name));
  const { hutk, ipAddress, pageUri } = context;
  return [
    ...unknown.map((name) => contextProblem(name, 'INVALID_METADATA')),
    ...(hutk && !/^[0-9a-f]{32}$/i.test(hutk.replaceAll('-', '')) ? [contextProblem('hutk', 'INVALID_HUTK')] : []),
    // An empty cookie was seen to be refused.
    ...(hutk === '' ? [contextProblem('hutk', 'INVALID_HUTK')] : []),
    ...(ipAddress && isIP(ipAddress) === 0 ? [contextProblem('ipAddress', 'INVALID_IP_ADDRESS')] : []),
    ...(pageUri && !URL.canParse(pageUri, 'https://host.invalid')
      ? [contextProblem('pageUri', 'INVALID_PAGE_URI')]
      : []),
  ];
}

function contextProblem(name: string, errorType: string): SubmissionProblem {
  return { message: `Error in 'context.${name}'`, errorType };
}

function checkConsent(options: Submission['legalConsentOptions']): SubmissionProblem[] {
  if (!options) return [];
  const { consent, legitimateInterest } = options;
  if ((consent === undefined) === (legitimateInterest === undefined)) {
    return consentProblem('', 'Exactly one of consent and legitimateInterest is needed', 'INVALID_LEGAL_OPTION_FORMAT');
  }
  if (legitimateInterest) {
    if (legitimateInterest.text?.trim()) return [];
    return consentProblem('.legitimateInterest', 'The text is missing', 'MISSING_LEGITIMATE_INTEREST_TEXT');
  }
  const communications = consent?.communications ?? [];
  const ids = communications.map(({ subscriptionTypeId }) => subscriptionTypeId);
  return [
    ...(consent?.consentToProcess === false
      ? consentProblem('.consent', 'Consent to process is needed', 'MISSING_PROCESSING_CONSENT')
      : []),
    ...(consent?.text?.trim()
      ? []
      : consentProblem('.consent', 'The text is missing', 'MISSING_PROCESSING_CONSENT_TEXT')),
    ...(communications.some((each) => !each.text?.trim())
      ? consentProblem('.consent.communications', 'The text is missing', 'MISSING_COMMUNICATION_CONSENT_TEXT')
      : []),
    ...(new Set(ids).size < ids.length
      ? consentProblem(
          '.consent.communications',
          'A subscription type is there twice',
          'DUPLICATE_SUBSCRIPTION_TYPE_ID',
        )
      : []),
  ];
}

function consentProblem(name: string, message: string, errorType: string): SubmissionProblem[] {
  return [{ message: `Error in 'legalConsentOptions${name}'. ${message}`, errorType }];
}
