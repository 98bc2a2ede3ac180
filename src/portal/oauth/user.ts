/** Who installed the apps of a portal. Guess: any id and address. */

export const USER_ID = 61480113;
export const USER_EMAIL = 'installer@example.com';
