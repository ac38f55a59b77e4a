/**
 * Rows of real databases in which canaries stand in the place of texts. Texts that hold JSON are
 * opened, and names of files that are keys of objects are texts, too.
 */

/** Matches a canary, also where a path or an address was made of it. */
export const CANARY = /qz(@|%40)7x/i;
const TEXT = "QZ@7X canary";

/** Every place of a text in a value, without the numbers of lists: `bubbles/*\/text`. */
export function textPlaces(value: unknown, at = "", places = new Set<string>()): Set<string> {
  if (typeof value === "string") {
    places.add(at);
    const inner = parseInner(value);
    if (inner !== undefined) textPlaces(inner, `${at}/json`, places);
  } else if (Array.isArray(value)) {
    for (const item of value) textPlaces(item, `${at}/*`, places);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (isContent(name)) places.add(`${at}/{}`);
      textPlaces(item, `${at}/${isContent(name) ? "{}" : name}`, places);
    }
  }
  return places;
}

/** The value with a canary in each of some places. */
export function plant(value: unknown, chosen: ReadonlySet<string>, at = ""): unknown {
  if (typeof value === "string") {
    if (chosen.has(at)) return TEXT;
    const inner = parseInner(value);
    return inner === undefined ? value : JSON.stringify(plant(inner, chosen, `${at}/json`));
  }
  if (Array.isArray(value)) return value.map((item) => plant(item, chosen, `${at}/*`));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item], i) => {
      const place = `${at}/${isContent(name) ? "{}" : name}`;
      const planted = isContent(name) && chosen.has(`${at}/{}`) ? `${TEXT}${i}` : name;
      return [planted, plant(item, chosen, place)];
    }),
  );
}

/** A name that no program wrote as one of its own fields. */
function isContent(name: string): boolean {
  return !/^[A-Za-z_$][A-Za-z0-9_$]{0,60}$/.test(name);
}

function parseInner(text: string): object | undefined {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
