import type { Prompt } from '../src/prompt.ts';

export const accountBrief: Prompt = {
  name: 'account_brief',
  title: 'Account brief',
  description: 'Who a company is, what is open with it, what was said last, and what to do next.',
  arguments: [
    { name: 'company', description: 'Name, domain or record id of the company', required: true },
    { name: 'purpose', description: 'What the brief is for, such as a renewal call on Friday', required: false },
  ],
  text: ({
    company,
    purpose,
  }) => `Write a brief on the company ${JSON.stringify(company)}${purpose ? `, for ${JSON.stringify(purpose)}` : ''}.

1. Find it with search_records (companies). If several fit, say which you took and why, or ask.
2. summarize_record gives its key facts, open deals, people, tickets, last activities and what is left undone. Read with list_associations and get_records only what it cut and the brief needs, such as the newest notes and e-mails in full.
3. Write, on one page: who they are; people and their roles; open deals with stage, amount, close date and owner; open tickets; what was said last and by whom; what was promised and is overdue; three next steps.

Give the record id behind every statement. Say what is missing in the CRM instead of guessing it. Change nothing.`,
};
