/** Who installed the apps of a portal: in the demo account its first user. Guess: that HubSpot names such a person. */

export const USER_ID = 64803121;
export const USER_EMAIL = 'grace.holloway@harborandpine.example';
