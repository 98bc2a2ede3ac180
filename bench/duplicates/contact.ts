/** What is made up of a contact. */

export interface Contact {
  readonly hs_object_id: string;
  /** Whom it is of. */
  readonly person: string;
  /** What makes it differ from the person, by comma: to see which kinds of differences are not found. */
  readonly faults: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly email: string;
  readonly phone: string;
  readonly mobilephone: string;
  readonly company: string;
  readonly website: string;
  readonly jobtitle: string;
  readonly city: string;
  readonly createdate: string;
}

export const COLUMNS = [
  'hs_object_id',
  'person',
  'faults',
  'firstname',
  'lastname',
  'email',
  'phone',
  'mobilephone',
  'company',
  'website',
  'jobtitle',
  'city',
  'createdate',
] as const satisfies readonly (keyof Contact)[];
