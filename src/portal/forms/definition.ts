/**
 * What makes a form: the shapes of its definition, and what HubSpot refuses.
 * Source: HubSpot's published models of the forms API, compared 2026-11-22. Guess: what may be left out inside of
 * `configuration`, `displayOptions` and fields, and what it is then; the words of the refusals.
 */

import { anything, flag, integer, list, oneOf, optional, type ReadAs, type Reader, shape, text } from '../body.ts';
import { invalid } from '../errors.ts';
import type { FormField, StoredForm } from '../store/forms.ts';
import type { Store } from '../store/store.ts';

const fieldTypes = [
  'email',
  'phone',
  'mobile_phone',
  'single_line_text',
  'multi_line_text',
  'number',
  'single_checkbox',
  'multiple_checkboxes',
  'dropdown',
  'radio',
  'datepicker',
  'file',
  'payment_link_radio',
] as const;

const operators = [
  ...(['eq', 'neq', 'contains', 'doesnt_contain', 'str_starts_with', 'str_ends_with', 'lt', 'lte', 'gt'] as const),
  ...(['gte', 'between', 'not_between', 'within_time_reverse', 'within_time', 'set_any', 'set_not_any'] as const),
  ...(['set_all', 'set_not_all', 'set_eq', 'set_neq', 'is_not_empty'] as const),
];

const languages = (
  'af ar-eg bg bn ca-es cs da de el en en-gb es es-mx fi fr fr-ca he-il hr hu id it ja ko lt ms nl no-no pl pt pt-br ' +
  'ro ru sk sl sv th tl tr uk vi zh-cn zh-hk zh-tw'
).split(' ');

const fieldShape = shape('FormField', {
  objectTypeId: text,
  name: text,
  label: text,
  fieldType: oneOf('FormFieldType', fieldTypes),
  required: flag,
  hidden: flag,
  description: optional(text),
  placeholder: optional(text),
  defaultValue: optional(text),
  defaultValues: optional(list(text)),
  options: optional(
    list(
      shape('EnumeratedFieldOption', { label: text, value: text, displayOrder: integer, description: optional(text) }),
    ),
  ),
  validation: optional(
    shape('FieldValidation', {
      blockedEmailDomains: optional(list(text)),
      useDefaultBlockList: optional(flag),
      minAllowedDigits: optional(integer),
      maxAllowedDigits: optional(integer),
    }),
  ),
  useCountryCodeSelect: optional(flag),
  allowMultipleFiles: optional(flag),
  dependentFields: optional(anything),
});

const dependentShape = shape('DependentField', {
  dependentCondition: shape('DependentFieldFilter', {
    operator: oneOf('DependentFieldFilterOperator', operators),
    value: optional(text),
    values: optional(list(text)),
    rangeStart: optional(text),
    rangeEnd: optional(text),
  }),
  dependentField: anything,
});

/** A field with those that depend on it. */
const field: Reader<FormField> = (value, at) => {
  const { dependentFields, ...read } = fieldShape(value, at);
  const dependents =
    dependentFields === undefined ? [] : list(dependentShape)(dependentFields, [...at, 'dependentFields']);
  return {
    ...read,
    dependentFields: dependents.map(({ dependentCondition, dependentField }, i) => ({
      dependentCondition,
      dependentField: field(dependentField, [...at, 'dependentFields', i, 'dependentField']),
    })),
  };
};

const fieldGroup = shape('FieldGroup', {
  groupType: oneOf('FieldGroupType', ['default_group', 'progressive', 'queued'] as const),
  richTextType: oneOf('RichTextType', ['text', 'image'] as const),
  richText: optional(text),
  fields: list(field),
});

const configuration = shape('HubSpotFormConfiguration', {
  language: oneOf('Language', languages),
  postSubmitAction: shape('FormPostSubmitAction', {
    type: oneOf('PostSubmitActionType', ['thank_you', 'redirect_url'] as const),
    value: text,
  }),
  createNewContactForNewEmail: optional(flag),
  editable: optional(flag),
  archivable: optional(flag),
  cloneable: optional(flag),
  allowLinkToResetKnownValues: optional(flag),
  prePopulateKnownValues: optional(flag),
  notifyContactOwner: optional(flag),
  notifyRecipients: optional(list(text)),
  recaptchaEnabled: optional(flag),
  lifecycleStages: optional(list(shape('LifecycleStage', { objectTypeId: text, value: text }))),
  embedType: optional(oneOf('EmbedType', ['V3', 'V4'] as const)),
});

const configurationDefaults = {
  createNewContactForNewEmail: false,
  editable: true,
  archivable: true,
  cloneable: true,
  allowLinkToResetKnownValues: false,
  prePopulateKnownValues: true,
  notifyContactOwner: false,
  notifyRecipients: [],
  recaptchaEnabled: false,
  lifecycleStages: [],
};

const displayOptions = shape('FormDisplayOptions', {
  renderRawHtml: flag,
  theme: oneOf('FormTheme', ['default_style', 'canvas', 'linear', 'round', 'sharp', 'legacy'] as const),
  submitButtonText: text,
  style: anything,
  cssClass: optional(text),
});

const checkboxes = list(shape('LegalConsentCheckbox', { subscriptionTypeId: integer, label: text, required: flag }));
const consentKinds = {
  none: shape('LegalConsentOptionsNone', {}),
  legitimate_interest: shape('LegalConsentOptionsLegitimateInterest', {
    lawfulBasis: oneOf('LawfulBasis', ['lead', 'client', 'other'] as const),
    privacyText: text,
    subscriptionTypeIds: list(integer),
  }),
  explicit_consent_to_process: shape('LegalConsentOptionsExplicitConsentToProcess', {
    privacyText: text,
    communicationsCheckboxes: checkboxes,
    communicationConsentText: optional(text),
    consentToProcessText: optional(text),
    consentToProcessCheckboxLabel: optional(text),
    consentToProcessFooterText: optional(text),
  }),
  implicit_consent_to_process: shape('LegalConsentOptionsImplicitConsentToProcess', {
    privacyText: text,
    communicationsCheckboxes: checkboxes,
    communicationConsentText: optional(text),
    consentToProcessText: optional(text),
  }),
};
const kinds = ['none', 'legitimate_interest', 'explicit_consent_to_process', 'implicit_consent_to_process'] as const;
const consentKind = shape('LegalConsentOptions', { type: oneOf('LegalConsentOptionsType', kinds) });

const legalConsentOptions: Reader<Readonly<Record<string, unknown>>> = (value, at) => {
  const { type } = consentKind(value, at);
  return { type, ...consentKinds[type](value, at) };
};

const parts = { name: text, fieldGroups: list(fieldGroup), configuration, displayOptions, legalConsentOptions };

/** For create and replace: everything. The times and `archived` must be there and say nothing. */
export const formInput = shape('HubSpotFormDefinition', {
  formType: oneOf('FormType', ['hubspot'] as const),
  createdAt: anything,
  updatedAt: anything,
  archived: flag,
  ...parts,
});

export const formPatch = shape('HubSpotFormDefinitionPatchRequest', {
  name: optional(text),
  archived: optional(flag),
  fieldGroups: optional(list(fieldGroup)),
  configuration: optional(configuration),
  displayOptions: optional(displayOptions),
  legalConsentOptions: optional(legalConsentOptions),
});

type Parts = Partial<ReadAs<typeof parts>>;

/** What of a definition was sent, checked and completed. @throws PortalError 400 */
export function checkedParts(store: Store, sent: Parts): Partial<Pick<StoredForm, keyof typeof parts>> {
  if (sent.name?.trim() === '') throw invalid('A form must have a name');
  if (sent.fieldGroups)
    checkFields(
      store,
      sent.fieldGroups.flatMap(({ fields }) => fields.flatMap(withDependents)),
    );
  return {
    ...(sent.name !== undefined && { name: sent.name }),
    ...(sent.fieldGroups && { fieldGroups: sent.fieldGroups }),
    ...(sent.configuration && { configuration: { ...configurationDefaults, ...sent.configuration } }),
    ...(sent.displayOptions && { displayOptions: sent.displayOptions }),
    ...(sent.legalConsentOptions && { legalConsentOptions: sent.legalConsentOptions }),
  };
}

/** A field and all that hang on it, at any depth. */
function withDependents(field: FormField): FormField[] {
  return [field, ...field.dependentFields.flatMap(({ dependentField }) => withDependents(dependentField))];
}

export function fieldsOf(form: StoredForm): FormField[] {
  return form.fieldGroups.flatMap(({ fields }) => fields.flatMap(withDependents));
}

function checkFields(store: Store, fields: readonly FormField[]): void {
  const seen = new Set<string>();
  for (const { objectTypeId, name } of fields) {
    const type = store.objectType(objectTypeId);
    if (!type) throw invalid(`Unable to infer object type from: ${objectTypeId}`);
    if (store.properties.get(type.id, name)?.archived !== false) {
      throw invalid(`Property "${name}" does not exist`, { context: { propertyName: [name] } });
    }
    const key = `${type.id}/${name}`;
    if (seen.has(key))
      throw invalid(`The field ${name} is more than once in the form`, { context: { propertyName: [name] } });
    seen.add(key);
  }
}
