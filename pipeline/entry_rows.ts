/**
 * How entries of a queue lie in rows: those that were published together share one, as a row
 * costs more than what is in it.
 *
 * @module
 */

/** So many entries share a row at most. */
export const ROW_ENTRIES_MAX = 100;

// JSON holds neither as its first character.
const SEVERAL = "\n";
const ONE = "\r";

/** What a row holds, and how many entries that are. */
export type EntryRow = readonly [text: string, entries: number];

/** Counts in SQL the entries of a row with this text. */
export function entriesOf(text: string): string {
  return `iif(substr(${text}, 1, 1) = char(10),
    length(${text}) - length(replace(${text}, char(10), '')), 1)`;
}

/** Puts so many bodies into each row; a body with several lines has one for itself. */
export function* packEntries(
  bodies: readonly string[],
  max = ROW_ENTRIES_MAX,
): Generator<EntryRow> {
  let open: string[] = [];
  for (const body of bodies) {
    const isLine = !body.includes("\n");
    if (open.length > 0 && (!isLine || open.length === max)) {
      yield pack(open);
      open = [];
    }
    if (isLine) open.push(body);
    else yield [ONE + body, 1];
  }
  if (open.length > 0) yield pack(open);
}

/** The bodies of a row in their order. */
export function unpackEntries(text: string): string[] {
  if (text.startsWith(SEVERAL)) return text.slice(1).split("\n");
  return [text.startsWith(ONE) ? text.slice(1) : text];
}

function pack(bodies: readonly string[]): EntryRow {
  const [first = ""] = bodies;
  const isPlain = bodies.length === 1 && !first.startsWith(ONE);
  return [isPlain ? first : SEVERAL + bodies.join("\n"), bodies.length];
}
