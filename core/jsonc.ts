/**
 * Edits JSON with comments in place: every byte that is not part of the edit stays as it is.
 *
 * @module
 */

import {
  createScanner,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";

/** A value, or a property with its value, and where it stands in the text. */
export type JsoncNode = Node;

// Of the scanner's SyntaxKind, which exists for the type checker only.
const COMMA: number = 5, END: number = 17;

/** Thrown for text that is no JSON, comments and trailing commas aside. */
export class JsoncError extends Error {
  override name = "JsoncError";
  /** Where it is no JSON any longer. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Where something stands in a text, as editors count. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** The place of an offset. */
export function placeIn(text: string, offset: number): TextPlace {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

/**
 * The tree of a text without byte order mark.
 *
 * @throws {JsoncError} when it is no JSON; the message names the line
 */
export function parseJsonc(text: string): JsoncNode {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (tree && !first) return tree;
  const offset = first?.offset ?? 0;
  const what = first ? syntaxText(first) : "value expected";
  const { line } = placeIn(text, offset);
  throw new JsoncError(`Cannot read JSON: ${what} in line ${line}`, offset);
}

/** What is wrong in words: `colon expected`. */
export function syntaxText({ error }: ParseError): string {
  return printParseErrorCode(error).replace(/(?!^)[A-Z]/g, " $&").toLowerCase();
}

/** What a node says. */
export function jsoncValue(node: JsoncNode): unknown {
  return getNodeValue(node);
}

/** The values of all properties of this name; a careful writer leaves one at most. */
export function propertiesOf(object: JsoncNode, name: string): JsoncNode[] {
  return (object.children ?? []).flatMap(({ children = [] }) =>
    children[0]?.value === name && children[1] ? [children[1]] : []
  );
}

/** The text with one more property at the end of an object. */
export function addProperty(text: string, object: JsoncNode, name: string, value: unknown) {
  return addItem(text, object, (space) => {
    const gap = space === "" ? ":" : ": ";
    return `${JSON.stringify(name)}${gap}${JSON.stringify(value, null, space)}`;
  });
}

/** The text with one more element at the end of an array. */
export function addElement(text: string, array: JsoncNode, value: unknown): string {
  return addItem(text, array, (space) => JSON.stringify(value, null, space));
}

/** The text with another value in the place of one. */
export function replaceValue(text: string, node: JsoncNode, value: unknown): string {
  return replaceNode(text, node, JSON.stringify(value));
}

/** The text with one that is written already, as in {@linkcode writtenIn}. */
export function replaceNode(text: string, node: JsoncNode, written: string): string {
  return text.slice(0, node.offset) + written + text.slice(endOf(node));
}

/** How a value is written in its text, with its comments. */
export function writtenIn(text: string, node: JsoncNode): string {
  return text.slice(node.offset, endOf(node));
}

/** The text without an element or a property; comments around it stay. */
export function removeItem(text: string, item: JsoncNode): string {
  const container = item.parent!;
  const siblings = container.children!;
  const at = siblings.indexOf(item);
  const previous = siblings[at - 1], next = siblings[at + 1];
  const from = previous ? endOf(previous) : container.offset + 1;
  const to = next ? next.offset : endOf(container) - 1;
  let before = text.slice(from, item.offset), after = text.slice(endOf(item), to);
  if (previous) before = orNothing(withoutComma(before));
  else if (next) after = orNothing(withoutComma(after));
  else if (orNothing(before + (after = withoutComma(after))) === "") before = after = "";
  return text.slice(0, from) + before + after + text.slice(to);
}

function addItem(text: string, container: JsoncNode, write: (space: string) => string): string {
  const last = container.children?.at(-1);
  const at = last ? endOf(last) : container.offset + 1;
  const [head, tail] = [text.slice(0, at), text.slice(at)];
  const comma = last ? "," : "";
  // Who writes all on one line gets no line more.
  const isOneLine = !text.trim().includes("\n") && !/^\{\s*\}$/.test(text.trim());
  if (isOneLine) return head + comma + write("") + tail;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
  const outer = indentAt(text, container.offset);
  const indent = last && isFirstOfLine(text, last.offset)
    ? indentAt(text, last.offset)
    : outer + unit;
  const item = write(unit).replaceAll("\n", newline + indent);
  const end = last || /^[ \t]*(\r?\n|\/\/)/.test(tail) ? "" : newline + outer;
  return head + comma + newline + indent + item + end + tail;
}

function endOf({ offset, length }: JsoncNode): number {
  return offset + length;
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)![0];
}

function isFirstOfLine(text: string, offset: number): boolean {
  return indentAt(text, offset).length === offset - text.lastIndexOf("\n", offset - 1) - 1;
}

/** What stands between two items, without the comma; a comment may hold one that stays. */
function withoutComma(gap: string): string {
  const scanner = createScanner(gap);
  for (let token = scanner.scan(); token !== END; token = scanner.scan()) {
    if (token !== COMMA) continue;
    return gap.slice(0, scanner.getTokenOffset()) + gap.slice(scanner.getTokenOffset() + 1);
  }
  return gap;
}

/** White space alone is worth nothing without the item that it led to. */
function orNothing(gap: string): string {
  return gap.trim() === "" ? "" : gap;
}
