/**
 * `config.json` taken apart: each value with its place, and everything that does not belong there.
 *
 * @module
 */

import {
  addProperty,
  JsoncError,
  type JsoncNode,
  jsoncValue,
  parseJsonc,
  placeIn,
  propertiesOf,
  removeItem,
  replaceValue,
  type TextPlace,
} from "./jsonc.ts";
import type { SettingValue } from "./setting.ts";

/** A value in the file. */
export interface FileEntry extends TextPlace {
  readonly key: string;
  readonly value: SettingValue;
}

/** Something in the file that cannot be. */
export interface FileProblem extends TextPlace {
  readonly what: string;
  /** The key, where that is what is not known. */
  readonly unknown?: string;
}

const SCHEMA_KEY = "$schema";
/** Names the schema beside the file. */
const SCHEMA_VALUE = "./config.schema.json";

/** Reads the text of the file. */
export function readConfigFile(
  given: string,
  keys: readonly string[],
): { readonly entries: FileEntry[]; readonly problems: FileProblem[] } {
  const entries: FileEntry[] = [], problems: FileProblem[] = [];
  // Some editors put a byte order mark there.
  const text = given.replace(/^\ufeff/, "");
  let tree: JsoncNode;
  try {
    tree = parseJsonc(text);
  } catch (error) {
    if (!(error instanceof JsoncError)) throw error;
    const what = error.message.replace(/^Cannot read JSON: | in line \d+$/g, "");
    return { entries, problems: [{ ...placeIn(text, error.offset), what }] };
  }
  if (tree.type !== "object") {
    return { entries, problems: [{ ...placeIn(text, tree.offset), what: "it is no object" }] };
  }
  for (const [section, inner] of propertiesIn(tree)) {
    const place = placeIn(text, inner.parent!.offset);
    if (section === SCHEMA_KEY) continue;
    if (inner.type !== "object") {
      problems.push({ ...place, what: "", unknown: section });
      continue;
    }
    for (const [name, value] of propertiesIn(inner)) {
      const key = `${section}.${name}`;
      const at = placeIn(text, value.parent!.offset);
      if (!keys.includes(key)) problems.push({ ...at, what: "", unknown: key });
      else if (isSettingValue(jsoncValue(value))) {
        const read = jsoncValue(value) as SettingValue;
        entries.push({ ...placeIn(text, value.offset), key, value: read });
      } else {problems.push({
          ...at,
          what: `${key} must be a text, a number, true, false or a list of texts`,
        });}
    }
  }
  return { entries, problems };
}

/** The text with a value set: in its place if there is one, else at the end of its section. */
export function setInFile(text: string | undefined, key: string, value: SettingValue): string {
  const { section, name } = partsOf(key);
  if (text === undefined || text.trim() === "") {
    const file = { [SCHEMA_KEY]: SCHEMA_VALUE, [section]: { [name]: value } };
    return `${JSON.stringify(file, null, 2)}\n`;
  }
  const tree = parseJsonc(text);
  const inner = propertiesOf(tree, section).at(-1);
  if (!inner) return addProperty(text, tree, section, { [name]: value });
  // The last one of a name is the one that counts.
  const old = propertiesOf(inner, name).at(-1);
  return old ? replaceValue(text, old, value) : addProperty(text, inner, name, value);
}

/** The text without a value; its section goes with the last one, unless a comment is in it. */
export function unsetInFile(text: string, key: string): string {
  const { section, name } = partsOf(key);
  for (;;) {
    const inner = propertiesOf(parseJsonc(text), section)
      .find((node) => propertiesOf(node, name).length > 0);
    if (!inner) return text;
    const isLast = inner.children!.length === 1;
    const around = text.slice(inner.offset, inner.offset + inner.length);
    const isCommented = /\/[/*]/.test(around.replaceAll(/"(\\.|[^"\\])*"/g, ""));
    const item = propertiesOf(inner, name)[0]!;
    text = removeItem(text, (isLast && !isCommented ? inner : item).parent!);
  }
}

function isSettingValue(value: unknown): value is SettingValue {
  return ["string", "number", "boolean"].includes(typeof value) ||
    Array.isArray(value) && value.every((text) => typeof text === "string");
}

function propertiesIn(object: JsoncNode): (readonly [string, JsoncNode])[] {
  return (object.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name && value ? [[String(name.value), value] as const] : []
  );
}

function partsOf(key: string): { readonly section: string; readonly name: string } {
  const [section, name] = key.split(".") as [string, string];
  return { section, name };
}
