/**
 * Edits the lists below `hooks` in the text of a settings file: our entries come in at their
 * ends and go out again; every other byte stays.
 *
 * @module
 */

import {
  addElement,
  addProperty,
  JsoncError,
  type JsoncNode,
  jsoncValue,
  parseJsonc,
  propertiesOf,
  removeItem,
} from "../core/jsonc.ts";
import type { HookLists, SettingsFrame } from "./hook_settings.ts";

/** Thrown for a settings file that cannot be edited without guessing. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/** The name below which the lists are. */
const HOOKS = "hooks";

/**
 * The text with these values at the ends of the lists, and with what the file must say beside.
 *
 * @param text the file's, without byte order mark; "" for one that is not there
 * @throws {SettingsError} when the text is no JSON or has other shapes
 */
export function addToLists(text: string, lists: HookLists, frame: SettingsFrame = {}): string {
  if (Object.keys(lists).length === 0) return text;
  let edited = text.trim() === "" ? `${text}{}\n` : text;
  for (const [name, value] of Object.entries(frame)) {
    const { root } = readShapes(edited, []);
    const [said] = propertiesOf(root, name);
    if (!said) edited = addProperty(edited, root, name, value);
    else if (jsoncValue(said) !== value) {
      throw new SettingsError(`Cannot edit the settings: "${name}" is not ${value}`);
    }
  }
  const { root, hooks } = readShapes(edited, Object.keys(lists));
  if (!hooks) return addProperty(edited, root, HOOKS, lists);
  for (const [name, values] of Object.entries(lists)) {
    const list = () => {
      const { hooks } = readShapes(edited, []);
      return { hooks: hooks!, list: propertiesOf(hooks!, name)[0] };
    };
    const before = list();
    if (!before.list) edited = addProperty(edited, before.hooks, name, values);
    else for (const value of values) edited = addElement(edited, list().list!, value);
  }
  return edited;
}

/**
 * The text without our entries, nor what is empty without them; a list stays if its path is in
 * `kept`.
 *
 * @throws {SettingsError} when the text is no JSON
 */
export function takeFromLists(
  text: string,
  isOwn: (value: unknown) => boolean,
  kept: readonly string[] = [],
): string {
  let edited = text;
  for (;;) {
    if (edited.trim() === "") return edited;
    const { hooks } = readShapes(edited, []);
    const own = hooks && findOwn(hooks, isOwn);
    if (!own) return edited;
    edited = removeItem(edited, withEmptied(own, kept));
  }
}

/** Whether a text says no more than what every file must say. */
export function isBare(text: string, frame: SettingsFrame = {}): boolean {
  return ["{}", JSON.stringify(frame)].includes(text.replace(/\s/g, ""));
}

/** The values of lists that hold an entry of ours. */
export function ownLists(text: string, isOwn: (value: unknown) => boolean): HookLists {
  if (text.trim() === "") return {};
  const { hooks } = readShapes(text, []);
  const entries = (hooks?.children ?? []).map(({ children = [] }) => {
    const values = children[1]?.type === "array" ? children[1].children ?? [] : [];
    const own = values.filter((value) => findOwn(value, isOwn) !== undefined).map(jsoncValue);
    return [String(children[0]?.value), own] as const;
  });
  return Object.fromEntries(entries.filter(([, own]) => own.length > 0));
}

/** Paths of lists that are there and empty: `hooks.Stop`, or `hooks` itself. */
export function emptyLists(text: string): string[] {
  if (text.trim() === "") return [];
  const { hooks } = readShapes(text, []);
  if (hooks && (hooks.children ?? []).length === 0) return [HOOKS];
  return (hooks?.children ?? []).flatMap(({ children = [] }) =>
    children[1]?.type === "array" && children[1].children?.length === 0
      ? [`${HOOKS}.${children[0]?.value}`]
      : []
  );
}

function readShapes(text: string, names: readonly string[]) {
  const root = parseSettings(text);
  const [hooks, second] = propertiesOf(root, HOOKS);
  if (second) throw new SettingsError(`Cannot edit the settings: "${HOOKS}" is there twice`);
  if (hooks && hooks.type !== "object") {
    throw new SettingsError(`Cannot edit the settings: "${HOOKS}" is no object`);
  }
  for (const name of hooks ? names : []) {
    const [list, twin] = propertiesOf(hooks!, name);
    if (twin) throw new SettingsError(`Cannot edit the settings: "${name}" is there twice`);
    if (list && list.type !== "array") {
      throw new SettingsError(`Cannot edit the settings: "${name}" is no list`);
    }
  }
  return { root, hooks };
}

/**
 * The object that a settings file is.
 *
 * @throws {SettingsError} when the text is no JSON, or no object
 */
export function parseSettings(text: string): JsoncNode {
  const root = parse(text);
  if (root.type === "object") return root;
  throw new SettingsError("Cannot edit the settings: no object");
}

function parse(text: string): JsoncNode {
  try {
    return parseJsonc(text);
  } catch (error) {
    if (!(error instanceof JsoncError)) throw error;
    const why = error.message.replace("Cannot read JSON: ", "");
    throw new SettingsError(`Cannot edit the settings: no valid JSON, ${why}`);
  }
}

function findOwn(node: JsoncNode, isOwn: (value: unknown) => boolean): JsoncNode | undefined {
  if (node.type === "object" && node.parent?.type === "array" && isOwn(jsoncValue(node))) {
    return node;
  }
  for (const child of node.children ?? []) {
    const found = findOwn(child, isOwn);
    if (found) return found;
  }
  return undefined;
}

function pathOf(property: JsoncNode): string {
  const names: string[] = [];
  for (let node: JsoncNode | undefined = property; node; node = node.parent) {
    if (node.type === "property") names.unshift(String(node.children![0]!.value));
  }
  return names.join(".");
}

/** What goes with an entry: its list, and the group around that, if nothing else is in them. */
function withEmptied(own: JsoncNode, kept: readonly string[]): JsoncNode {
  let item = own;
  for (;;) {
    const container = item.parent!;
    if (container.children!.length > 1) return item;
    const property = container.parent;
    if (property?.type !== "property") return item;
    if (kept.includes(pathOf(property))) return item;
    const owner = property.parent!;
    // A group without its list means nothing, whatever else it says.
    item = container.type === "array" && owner.parent?.type === "array" ? owner : property;
  }
}
