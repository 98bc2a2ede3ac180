/** Contacts for measuring: as many properties as people usually fill, and values that differ as theirs do. */

const stages = ['subscriber', 'lead', 'marketingqualifiedlead', 'opportunity', 'customer'];
const roles = ['VP Sales', 'Head of Purchasing', 'Engineer', 'Founder', 'Account Manager', 'Office Manager'];

/** Every tenth lives in this country. */
export const TENTH = { propertyName: 'country', operator: 'EQ', value: 'Norway' } as const;

export function contactAt(index: number): Record<string, string> {
  const company = index % 5_000;
  return {
    email: `person${index}@company${company}.example.com`,
    firstname: `First${index % 2_999}`,
    lastname: `Last${(index * 7_919) % 20_011}`,
    phone: `+1 555 ${String(1_000_000 + index).slice(-7)}`,
    company: `Company ${company}`,
    jobtitle: roles[index % roles.length] ?? '',
    city: `City ${index % 800}`,
    country: index % 10 === 0 ? TENTH.value : `Country ${index % 70}`,
    lifecyclestage: stages[index % stages.length] ?? '',
    annualrevenue: String((index * 104_729) % 10_000_000),
  };
}
