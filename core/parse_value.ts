/**
 * JSON that somebody else wrote, and may have left half-written.
 *
 * @module
 */

/** The value of a text; undefined where it is no JSON. */
export function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
