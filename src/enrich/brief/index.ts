/** A brief on one record: what it is, what it is linked with, what was said last, what is left undone. */

export { briefOf } from './brief.ts';
export type * from './types.ts';
export { linkedProperties, ownProperties, typesAround } from './wanted.ts';
