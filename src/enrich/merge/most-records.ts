/** So many records are one at once; more are for a person to look at first. */
export const MOST_RECORDS = 10;
