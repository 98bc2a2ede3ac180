/** The body of a submission. Source: HubSpot's page on submitting data to a form, compared 2026-11-22. */

import { flag, integer, list, optional, type Reader, shape, text, textMap } from '../body.ts';

/** A field without a type is a contact's. */
export interface SubmittedField {
  readonly objectTypeId: string;
  readonly name: string;
  readonly value: string;
}

const fieldInput = shape('FormSubmissionField', { objectTypeId: optional(text), name: text, value: optional(text) });

const consentInput = shape('LegalConsentOptions', {
  consent: optional(
    shape('Consent', {
      consentToProcess: flag,
      text: optional(text),
      communications: optional(
        list(shape('CommunicationConsent', { value: flag, subscriptionTypeId: integer, text: optional(text) })),
      ),
    }),
  ),
  legitimateInterest: optional(
    shape('LegitimateInterest', {
      value: flag,
      subscriptionTypeId: integer,
      legalBasis: optional(text),
      text: optional(text),
    }),
  ),
});

const input = shape('FormSubmission', {
  fields: list(fieldInput),
  submittedAt: optional(text),
  context: optional(textMap),
  legalConsentOptions: optional(consentInput),
  skipValidation: optional(flag),
});

export interface Submission extends Pick<ReturnType<typeof input>, 'submittedAt' | 'legalConsentOptions'> {
  readonly fields: readonly SubmittedField[];
  /** Without what was null. */
  readonly context?: Readonly<Record<string, string>>;
  readonly skipValidation: boolean;
}

export const submissionInput: Reader<Submission> = (value, at) => {
  const { fields, context, skipValidation = false, ...rest } = input(value, at);
  const said = Object.entries(context ?? {}).flatMap(([name, each]) => (each === null ? [] : [[name, each] as const]));
  return {
    ...rest,
    fields: fields.map(({ objectTypeId = '0-1', name, value: each = '' }) => ({ objectTypeId, name, value: each })),
    context: Object.fromEntries(said),
    skipValidation,
  };
};
