/**
 * Every purpose that a brand may ask consent for, with what it means. The list is closed because consumers of the
 * consent events decide by the purpose's id: a misspelt id would be a purpose that nobody downstream has heard of.
 * A new purpose is a line here first.
 */
export const purposeCatalogue = {
  terms: 'Conditions of use of the account itself',
  newsletter: 'Regular editorial mail',
  'product-research': 'Invitations to surveys, interviews and tests',
  offers: 'Advertising of the brand itself',
  partners: 'Passing contact data on to named partners',
  personalisation: 'Building a profile of interests to choose contents',
} as const;

/** Id of a purpose in {@link purposeCatalogue}. */
export type PurposeId = keyof typeof purposeCatalogue;
