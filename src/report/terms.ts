/** The words of an audit, explained. */

export const terms: readonly (readonly [string, string])[] = [
  [
    'Finding',
    'One thing that a check takes for a fault, with the records that have it. It is known by its fingerprint: dismissed once, it stays away, and a later audit can tell what is new.',
  ],
  [
    'Severity',
    'High breaks revenue, compliance or data; medium distorts reports; low is cosmetic. It is the check’s word for its worst case; a finding that is less grave says so.',
  ],
  [
    'Statistic',
    'What was measured, the threshold from which on it is told, and how many records or days it rests on. p is how often chance alone would bring as much. Over all tests of an audit together, one in a hundred of what is told is expected to be chance.',
  ],
  [
    'Duplicates and their bands',
    'Groups of records that may be one and the same. The probability is that of the weakest link that the group needs. Certain: from 99 %, and nothing speaks against it; likely: from 90 %; possible: from 50 %. Nobody is ever 100 % sure: look before you merge, for a merge cannot be undone.',
  ],
  [
    'For and against',
    'What of the two records speaks for one and what for two, the strongest first. The reasons come from the code that made the probability.',
  ],
  [
    'How many have a value',
    'The share of all records of the type whose property is not empty. Looked at were the properties that checks and comparisons read.',
  ],
  [
    'Created a day, expected, alarm',
    'Records by the day on which they were created, in the account’s time zone, without today. Expected is what earlier weeks make likely for that weekday; an alarm is a day, or the first of many, that is too far from it. What is rare is looked at by week.',
  ],
  [
    'Age of open deals',
    'Days since the deal was created. Stages are in the order of their pipeline; won and lost deals are left out.',
  ],
  [
    'Tool call',
    'What an agent calls on this MCP server to mend it. Each shows first what it would do, and a person approves it.',
  ],
];
