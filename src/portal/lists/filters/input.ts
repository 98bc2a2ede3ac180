/**
 * Reads what a filter definition says, member by member.
 * Sub-categories ENUM_CONVERSION and INVALID_OPERATION_FOR_PROPERTY_TYPE are HubSpot's. Guess: the other sub-categories of refused filters, and all words.
 */

import { invalid, type PortalError } from '../../errors.ts';

type Members = Readonly<Record<string, unknown>>;

export function refused(message: string, subCategory = 'ListError.INVALID_FILTER'): PortalError {
  return invalid(message, { subCategory });
}

/** One object of a definition; every method throws PortalError 400 where the member is not what it asks for. */
export class FilterInput {
  readonly #members: Members;
  /** What the object is, for the words of a refusal. */
  readonly name: string;

  constructor(value: unknown, name: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw refused(`${name} must be an object`);
    }
    this.#members = Object.fromEntries(Object.entries(value));
    this.name = name;
  }

  has(member: string): boolean {
    return this.#members[member] !== undefined && this.#members[member] !== null;
  }

  text(member: string): string {
    const value = this.#required(member);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw refused(`${member} of ${this.name} must be a string`);
  }

  /** A member that may be missing. */
  textIf(member: string): string | undefined {
    return this.has(member) ? this.text(member) : undefined;
  }

  number(member: string): number {
    const said = this.text(member).trim();
    const value = Number(said);
    if (said !== '' && Number.isFinite(value)) return value;
    throw refused(`${member} of ${this.name} must be a number, not ${said}`);
  }

  /** A whole number within bounds; `otherwise` where it is missing. */
  whole(member: string, { min, max, otherwise }: { min: number; max: number; otherwise?: number }): number {
    if (otherwise !== undefined && !this.has(member)) return otherwise;
    const value = this.number(member);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw refused(`${member} of ${this.name} must be a whole number from ${min} to ${max}, not ${value}`);
  }

  flag(member: string): boolean {
    const value = this.text(member);
    if (value === 'true' || value === 'false') return value === 'true';
    throw refused(`${member} of ${this.name} must be true or false, not ${value}`);
  }

  flagIf(member: string): boolean {
    return this.has(member) && this.flag(member);
  }

  texts(member: string): string[] {
    const value = this.#required(member);
    if (!Array.isArray(value)) throw refused(`${member} of ${this.name} must be a list`);
    const texts = value.map((each: unknown) => {
      if (typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean') return String(each);
      throw refused(`${member} of ${this.name} must be a list of strings`);
    });
    if (texts.length === 0) throw refused(`${member} of ${this.name} must not be empty`);
    return texts;
  }

  oneOf<const T extends string>(member: string, known: readonly T[], otherwise?: T): T {
    if (otherwise !== undefined && !this.has(member)) return otherwise;
    const said = this.text(member);
    const value = known.find((each) => each === said);
    if (value !== undefined) return value;
    throw refused(
      `${said} is not a ${member} of ${this.name}. Known ones: [${known.join(', ')}]`,
      'ListError.ENUM_CONVERSION',
    );
  }

  inner(member: string, name: string): FilterInput {
    return new FilterInput(this.#required(member), name);
  }

  innerIf(member: string, name: string): FilterInput | undefined {
    return this.has(member) ? this.inner(member, name) : undefined;
  }

  /** The members of a list of objects; none where it is missing. */
  inners(member: string, name: string): FilterInput[] {
    const value = this.#members[member] ?? [];
    if (!Array.isArray(value)) throw refused(`${member} of ${this.name} must be a list`);
    return value.map((each: unknown) => new FilterInput(each, name));
  }

  #required(member: string): unknown {
    if (!this.has(member)) throw refused(`Some required fields were not set: [${member}] of ${this.name}`);
    return this.#members[member];
  }
}
