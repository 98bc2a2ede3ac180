/**
 * Text that a spreadsheet would carry out. A CSV cell whose text begins like a formula gets an apostrophe in front, which
 * spreadsheets take for "this is text"; reading takes it away again, so that a value comes back as it was.
 * The characters are those that OWASP's page on CSV injection names.
 */

const FORMULA = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** What {@link guardFormula} was given. */
export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
