/** With the u flag a surrogate is found only when it stands alone. */
const notStorable = /[\u0000\ud800-\udfff]/u;

/** What is wrong with a text, as the end of a sentence, or null. Length counts code points, as JSON Schema does. */
export function textProblem(text: string, lengthMin: number, lengthMax: number): string | null {
  if (text.length < lengthMin) return 'must not be empty';
  if (text.length > lengthMax && (text.length > 2 * lengthMax || codePoints(text) > lengthMax)) {
    return `must have at most ${lengthMax} characters`;
  }
  return isStorable(text) ? null : 'must not contain NUL or half a surrogate pair';
}

/** Whether PostgreSQL can keep the text: no NUL, no lone surrogate. */
export const isStorable = (text: string): boolean => !notStorable.test(text);

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
