/** What a policy says of one write: each rule that speaks of it is heard, and the strictest is followed. */

import type { ApprovalKind, Decision, WithoutForm, WriteSummary } from './policy.ts';
import type { PolicyFile, Rule } from './policy-file.ts';
import { selects, selectsProperty, typeNames } from './selectors.ts';

/** Whom a record belongs to, where messages and money go, what is asked for, and what somebody has agreed to. */
const SENSITIVE: readonly string[] = [
  'hubspot_owner_id',
  'hubspot_team_id',
  'associatedcompanyid',
  'email',
  '*_email',
  'hs_additional_emails',
  '*phone',
  '*phone_number',
  '*iban*',
  '*bank*',
  'domain',
  'website',
  'amount',
  'price',
  'discount',
  'hs_discount_percentage',
  'hs_legal_basis',
  'hs_email_optout*',
  'hs_marketable_status',
];

const DEFAULTS = {
  archiveAbove: 5,
  bulkAbove: 100,
  taintedRowsAbove: 10,
  taintedAssociations: ['companies'],
  withoutForm: {
    archive: 'token',
    archiveMany: 'refuse',
    merge: 'refuse',
    definition: 'token',
    // It takes the values of every record along.
    removeDefinition: 'refuse',
    bulk: 'token',
    policy: 'token',
    tainted: 'token',
  },
} as const satisfies {
  readonly withoutForm: Readonly<Record<ApprovalKind, WithoutForm>>;
  readonly [key: string]: unknown;
};

const ALLOW: Decision = { verdict: 'allow' };

/** Of the operator: nobody else can change what a policy says. */
export const ASK_OPERATOR =
  'Ask the person who runs this server: its policy decides this, and no request can loosen it.';

/** The strictest; of two equals the first. */
export function strictest(decisions: readonly Decision[]): Decision {
  return decisions.reduce((worst, each) => (severity(each) > severity(worst) ? each : worst), ALLOW);
}

const FORM_SEVERITY = { allow: 1, token: 2, refuse: 3 } as const;

export function severity(decision: Decision): number {
  if (decision.verdict === 'refuse') return 4;
  return decision.verdict === 'allow' ? 0 : FORM_SEVERITY[decision.withoutForm];
}

export function createDecide(file: PolicyFile): (write: WriteSummary) => Decision {
  const { approval = {}, taint = {}, otherwise = 'allow' } = file;
  const rules = (file.rules ?? []).map(readRule);
  const sensitive = (taint.sensitive ?? SENSITIVE).map(selectsProperty);
  const taintedAssociations = selects(taint.associations ?? DEFAULTS.taintedAssociations);
  const unasked = new Set(approval.unasked);
  const { bulkAbove = DEFAULTS.bulkAbove } = approval;

  function approve(kind: ApprovalKind, withoutForm: WithoutForm = DEFAULTS.withoutForm[kind]): Decision {
    if (unasked.has(kind)) return ALLOW;
    return {
      verdict: 'approve',
      reason: kind === 'archiveMany' ? 'archive' : kind === 'removeDefinition' ? 'definition' : kind,
      withoutForm: approval.withoutForm?.[kind] ?? withoutForm,
    };
  }

  /** What kind of change it is, whatever its properties. */
  function byKind({ operation, rows, earlier = 0, removesDefinition }: WriteSummary): Decision[] {
    const needed: ApprovalKind[] = [];
    if (operation === 'merge') needed.push('merge');
    if (operation === 'archive') {
      // Together: fifty are not less for being ten times five.
      needed.push(rows + earlier > (approval.archiveAbove ?? DEFAULTS.archiveAbove) ? 'archiveMany' : 'archive');
    }
    if (operation === 'define') needed.push(removesDefinition ? 'removeDefinition' : 'definition');
    if (rows > bulkAbove) needed.push('bulk');
    return needed.map((kind) => approve(kind));
  }

  function byTaint(write: WriteSummary): Decision[] {
    const { operation, objectType, toObjectType, rows, earlier = 0 } = write;
    if (!write.tainted || taint.verdict === 'allow') return [];
    // A new company takes in who is there just as one that is old.
    const links = operation === 'associate' || operation === 'dissociate' || write.linked === true;
    const ends = [objectType, ...(toObjectType === undefined ? [] : [toObjectType])];
    const property = write.properties.find((name) => sensitive.some((matches) => matches(objectType, name)));
    const drastic =
      operation === 'archive' ||
      operation === 'merge' ||
      write.removesDefinition === true ||
      rows > (taint.rowsAbove ?? DEFAULTS.taintedRowsAbove) ||
      rows + earlier > bulkAbove;
    const grave =
      drastic ||
      operation === 'define' ||
      operation === 'dismiss' ||
      (links && ends.some((end) => typeNames(end).some(taintedAssociations))) ||
      property !== undefined;
    if (!grave) return [];
    // A token would be passed on by the very model that the text may have talked into it.
    if (taint.verdict !== 'deny') return [drastic ? approve('tainted', 'refuse') : approve('tainted')];
    const what = property === undefined ? phrase(write) : `set ${property} of ${objectType}`;
    return [refuse(`After text from outside was read in this session, the policy does not allow to ${what}.`)];
  }

  /** Each property by itself, so that leave for one is not leave for another. */
  function byRules(write: WriteSummary): Decision[] {
    const heard = rules.filter((rule) => rule.speaksOf(write));
    const judge = (property: string | undefined): Decision[] => {
      const about = heard.filter(
        (rule) => rule.properties === undefined || (property !== undefined && rule.properties(property)),
      );
      if (about.length === 0) return [verdictOf(otherwise, write, property)];
      return about.map(({ rule }) => verdictOf(rule.verdict, write, rule.properties && property, rule.because));
    };
    return write.properties.length === 0 ? judge(undefined) : write.properties.flatMap(judge);
  }

  function verdictOf(verdict: Rule['verdict'], write: WriteSummary, property?: string, because?: string): Decision {
    if (verdict === 'allow') return ALLOW;
    if (verdict === 'approve') return approve('policy');
    const what = property === undefined ? phrase(write) : `${write.operation} ${write.objectType} with ${property}`;
    const why = because === undefined ? '' : ` ${sentence(because)}`;
    return refuse(`The policy of this server does not allow to ${what}.${why}`);
  }

  function sandboxFirst(write: WriteSummary): Decision[] {
    const above = file.sandboxFirst?.rowsAbove;
    if (above === undefined || write.rows <= above || write.sandbox || write.rehearsed === true) return [];
    return [
      {
        verdict: 'refuse',
        code: 'sandbox_first',
        message: `The policy of this server lets a write of more than ${above} rows run only after the same one has run to its end on a sandbox account. This one writes ${write.rows} and has not.`,
        next: 'Ask the person to run the same job with a token of a sandbox or developer test account and the same journal folder, then repeat it here.',
      },
    ];
  }

  // What is hidden here is there in HubSpot as before, so that rules about records say nothing of it.
  return (write) =>
    write.operation === 'dismiss'
      ? strictest([ALLOW, ...byTaint(write)])
      : strictest([...byRules(write), ...byKind(write), ...byTaint(write), ...sandboxFirst(write)]);
}

interface ReadRule {
  readonly rule: Rule;
  readonly properties: ((name: string) => boolean) | undefined;
  speaksOf(write: WriteSummary): boolean;
}

function readRule(rule: Rule): ReadRule {
  const type = selects(rule.objectTypes);
  const operations = rule.operations && new Set(rule.operations);
  return {
    rule,
    properties: rule.properties && selects(rule.properties),
    speaksOf: ({ operation, objectType, toObjectType, rows, removesDefinition, tainted }) =>
      [objectType, ...(toObjectType === undefined ? [] : [toObjectType])].some((name) => typeNames(name).some(type)) &&
      (operations === undefined ||
        (operation !== 'dismiss' && operations.has(operation)) ||
        (removesDefinition === true && operations.has('removeDefinition'))) &&
      (rule.rowsAbove === undefined || rows > rule.rowsAbove) &&
      (rule.tainted === undefined || tainted),
  };
}

function phrase({ operation, objectType, rows, removesDefinition }: WriteSummary): string {
  if (operation === 'define') return `${removesDefinition ? 'remove' : 'make or change'} definitions of ${objectType}`;
  return `${operation} ${objectType} (${rows} ${rows === 1 ? 'row' : 'rows'})`;
}

/** The operator's words, which a sentence may follow. */
function sentence(words: string): string {
  const text = words.trim();
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function refuse(message: string): Decision {
  return { verdict: 'refuse', code: 'denied_by_policy', message: `${message} Nothing was sent.`, next: ASK_OPERATOR };
}
