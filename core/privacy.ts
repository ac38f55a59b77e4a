/**
 * The only door through which text gets into an event: closed lists, checked shapes and keyed
 * hashes make a {@linkcode SafeText}; everything else is measured and forgotten.
 *
 * @module
 */

import { createHmac } from "node:crypto";
import { FILE_EXTENSIONS } from "./file_extensions.ts";

declare const safe: unique symbol;

/** Text that holds no content of a user: made by {@linkcode Privacy} and nothing else. */
export type SafeText = string & { readonly [safe]: true };

/** What is kept of a text: its size. */
export interface TextSize {
  /** UTF-16 code units. */
  readonly characters: number;
  /** Runs of characters that are no white space. */
  readonly words: number;
  /** Lines; a final newline ends the last one and begins none. */
  readonly lines: number;
}

const ID_SHAPE = /^[A-Za-z0-9_-]{1,64}$/;
const TOOL_SHAPE = /^[A-Za-z][A-Za-z0-9_]{0,40}$/;
const MODEL_SHAPE = /^[a-z0-9][a-z0-9._@/:-]{0,63}$/;
const KIND_SHAPE = /^[a-z][a-z0-9_.-]{0,40}$/;
const FIELD_SHAPE = /^[a-z][A-Za-z0-9_]{0,40}$/;
/** Runs of digits as dates, keys and ids have them, not names. */
const ID_RUN = /\d{4}|(?=[a-f]*\d)[0-9a-f]{8}/i;
const VERSION_SHAPE = /^\d{1,4}(\.\d{1,6}){1,3}(-[a-z0-9.]{1,20})?$/;
const SAFE_TEXT = "(?![A-Za-z]:\\/)[A-Za-z0-9_-][A-Za-z0-9._@/:+-]{0,95}";
const SAFE_SHAPE = new RegExp(`^${SAFE_TEXT}$`);
/** No escapes, no white space, no exponents: where a text of JSON has this shape, it is plain. */
const PLAIN_JSON = new RegExp(
  `^(?:"${SAFE_TEXT}"|-?\\d{1,17}(?:\\.\\d{1,17})?(?=[,}\\]])|true|false|null|[{}[\\]:,])*$`,
);
const PLAIN_JSON_MAX = 16_384;
const MODEL_FAMILY = new RegExp(
  "(^|[^a-z])(claude|opus|sonnet|haiku|fable|gpt|codex|chatgpt|o[1-9]|gemini|gemma|grok|" +
    "deepseek|kimi|minimax|qwen|glm|llama|mistral|mixtral|devstral|codestral|composer|nova|" +
    "command-r|phi)([^a-z]|$)",
);

/** Makes {@linkcode SafeText} with the key of this installation. */
export class Privacy {
  readonly #key: Uint8Array;

  /** @param key 32 random bytes, never exported */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** HMAC-SHA-256 of a text, its first `hexDigits` hexadecimal digits. */
  hash(text: string, hexDigits = 16): SafeText {
    return createHmac("sha256", this.#key).update(text).digest("hex")
      .slice(0, hexDigits) as SafeText;
  }

  /** A keyed hash of bytes, for telling a file by how it begins. */
  fingerprint(bytes: Uint8Array): SafeText {
    return createHmac("sha256", this.#key).update(bytes).digest("hex").slice(0, 32) as SafeText;
  }

  /** An opaque id of a session, message, request, tool use or agent. */
  id(text: string): SafeText {
    return isOpaqueId(text) ? text as SafeText : this.hash(text, 32);
  }

  /** Both ends of an opaque id: enough to tell it from others of its file. */
  shortId(text: string): SafeText {
    const id = this.id(text);
    return (id.length <= 16 ? id : id.slice(0, 8) + id.slice(-8)) as SafeText;
  }

  /** A tool's name; an MCP tool's becomes `mcp:` and eight digits, labelled when it is shown. */
  tool(name: string): SafeText {
    if (name.startsWith("mcp__")) return `mcp:${this.hash(name, 8)}` as SafeText;
    return TOOL_SHAPE.test(name) ? name as SafeText : OTHER;
  }

  /** The server of an MCP tool, as `mcp:` and eight digits; undefined for any other tool. */
  mcpServer(tool: string): SafeText | undefined {
    const [, server] = MCP_SERVER.exec(tool) ?? [];
    return server === undefined ? undefined : `mcp:${this.hash(server, 8)}` as SafeText;
  }
}

/** The server part of an MCP tool's name; its own parts may hold single underscores. */
const MCP_SERVER = /^mcp__(.+?)__/;

/** What stands for a word that no list and no shape knows. */
export const OTHER = "other" as SafeText;

/** A model's name where its family is known, a cloud ARN reduced to it, else `other`. */
export function safeModel(name: string): SafeText {
  const isArn = name.startsWith("arn:");
  const cut = isArn ? name.lastIndexOf(name.includes("/") ? "/" : ":") + 1 : 0;
  const bare = name.slice(cut);
  return MODEL_SHAPE.test(bare) && MODEL_FAMILY.test(bare) ? bare as SafeText : OTHER;
}

/** A word of a closed list, else `other`. */
export function safeWord<T extends string>(text: string, list: ReadonlySet<T>): T & SafeText {
  return (list.has(text as T) ? text : OTHER) as T & SafeText;
}

/** A kind as the tools name them (`compact_boundary`), else `other`. */
export function safeKind(text: string): SafeText {
  return KIND_SHAPE.test(text) ? text as SafeText : OTHER;
}

/** The name of a field as programs write them (`toolUseResult`), else `other`. */
export function safeField(text: string): SafeText {
  return FIELD_SHAPE.test(text) && !ID_RUN.test(text) ? text as SafeText : OTHER;
}

/** A version number (`2.1.330`, `1.0.0-beta.1`), else `other`. */
export function safeVersion(text: string): SafeText {
  return VERSION_SHAPE.test(text) ? text as SafeText : OTHER;
}

/** A path's extension in lower case, from a fixed list; `none` without one, else `other`. */
export function safeExtension(path: string): SafeText {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name.lastIndexOf(".");
  if (dot <= 0) return "none" as SafeText;
  const extension = name.slice(dot + 1).toLowerCase();
  return FILE_EXTENSIONS.has(extension) ? extension as SafeText : OTHER;
}

/** A word of the program itself, written in the source: safe as it stands. */
export function literal<T extends string>(text: T): T & SafeText {
  return text as T & SafeText;
}

/** Whether a text is an opaque id that is kept as it is. */
export function isOpaqueId(text: string): boolean {
  return ID_SHAPE.test(text);
}

/** Joins safe texts with `:`; the parts stay what they are. */
export function safeJoin(...parts: readonly SafeText[]): SafeText {
  return parts.join(":") as SafeText;
}

/**
 * Takes text back from our own queue and tables: short, of few characters, without white space. A
 * last net: no prompt, line of code, command or absolute path has this shape.
 */
export function readSafeText(text: string): SafeText | undefined {
  return SAFE_SHAPE.test(text) ? text as SafeText : undefined;
}

/**
 * Whether JSON holds no text but such as {@linkcode readSafeText} gives back, and finite numbers.
 * Reads it in one go: what looks otherwise can be safe, too.
 */
export function isPlainJson(json: string): boolean {
  return json.length <= PLAIN_JSON_MAX && PLAIN_JSON.test(json);
}

/** Measures a text; the text itself is forgotten. */
export function measureText(text: string): TextSize {
  return {
    characters: text.length,
    words: text.match(/\S+/g)?.length ?? 0,
    lines: countLines(text),
  };
}

function countLines(text: string): number {
  if (text === "") return 0;
  let lines = text.endsWith("\n") ? 0 : 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
