/**
 * What a contact's own values tell of the forms that it submitted: which ones and when, and the names of the first and
 * the last. Source: HubSpot's default contact properties (`hs_calculated_form_submissions`: the 800 most recent), compared
 * 2026-11-22.
 * Guess: how a submission is written there (`FORM::MILLISECONDS`, separated by semicolons); a conversion is called by its
 * page, where that was sent, and its form.
 */

type Values = Readonly<Record<string, string | undefined>>;

interface Conversion {
  readonly formId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const SUBMISSIONS = 'hs_calculated_form_submissions';
const FIRST = 'first_conversion_event_name';
const RECENT = 'recent_conversion_event_name';

const MOST = 800;

/** Oldest first. */
export function readConversions(said: string | undefined): Conversion[] {
  return (said ?? '')
    .split(';')
    .flatMap((each) => {
      const [formId = '', at = ''] = each.split('::');
      return formId !== '' && /^\d{1,15}$/.test(at) ? [{ formId, at: Number(at) }] : [];
    })
    .sort((a, b) => a.at - b.at);
}

/** The values of a contact that submitted a form. */
export function converted(values: Values, conversion: Conversion & { readonly name: string }): Record<string, string> {
  const { formId, at, name } = conversion;
  return united(values, { [SUBMISSIONS]: `${formId}::${at}`, [FIRST]: name, [RECENT]: name });
}

/** The values that two contacts have as one; none where neither submitted anything. */
export function united(one: Values, other: Values): Record<string, string> {
  const [ones, others] = [readConversions(one[SUBMISSIONS]), readConversions(other[SUBMISSIONS])];
  const all = [...ones, ...others].sort((a, b) => a.at - b.at);
  if (all.length === 0) return {};
  const first = all[0] === ones[0] ? one[FIRST] : other[FIRST];
  const recent = all.at(-1) === ones.at(-1) ? one[RECENT] : other[RECENT];
  return {
    [SUBMISSIONS]: all
      .slice(-MOST)
      .map(({ formId, at }) => `${formId}::${at}`)
      .join(';'),
    ...(first !== undefined && { [FIRST]: first }),
    ...(recent !== undefined && { [RECENT]: recent }),
  };
}
