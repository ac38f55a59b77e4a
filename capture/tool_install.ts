/**
 * Lists our server of tools in the settings of an assistant, and takes it out again.
 *
 * @module
 */

import {
  addProperty,
  type JsoncNode,
  jsoncValue,
  propertiesOf,
  removeItem,
} from "../core/jsonc.ts";
import { objectOf, textOf } from "./json_access.ts";
import { type InstallContext, type SettingsChange, SettingsInstall } from "./settings_install.ts";
import { parseSettings, SettingsError } from "./settings_lists.ts";

const LIST = "mcpServers";
/** Our name in the list. */
const NAME = "blueplane";
const PROGRAM = /(?:^|[/\\])(?:blueplane[\w.-]*|main\.ts)$/;

type Entry = Readonly<Record<string, unknown>>;

/** What a settings file lists under our name. */
export interface ToolListing {
  readonly path: string;
  /** What starts our server; undefined where it is not listed. */
  readonly words: readonly string[] | undefined;
  /** Whether another's is listed under our name. */
  readonly isOther: boolean;
}

/** The entry in the settings files of one platform. */
export class ToolInstall {
  readonly #context: InstallContext;
  readonly #install: SettingsInstall<Entry>;

  constructor(context: InstallContext) {
    const { id, toolClient } = context.platform;
    this.#context = context;
    this.#install = new SettingsInstall<Entry>(context, {
      name: "tools",
      owner: `${id} tools`,
      places: toolClient,
      has: (text, entry) => JSON.stringify(valueIn(text)) === JSON.stringify(entry),
      requireFree,
      add: withEntry,
      remove: withoutEntry,
      keptIn: (text) => hasList(text) ? [LIST] : [],
    });
  }

  /** Whether nothing was changed since our entry came in: then it goes out first. */
  isLast(): boolean {
    return this.#install.isLast();
  }

  /**
   * What is to be done so that every file lists the server that these words start; nothing for a
   * file that does.
   *
   * @throws {SettingsError} when a file cannot be edited, or lists another's server of our name
   */
  planInstall(words: readonly string[]): SettingsChange[] {
    const entry = this.#context.platform.toolClient.entry(words);
    if (!isOwn(entry)) {
      throw new SettingsError(
        "Cannot install the server of tools: this program must be called blueplane, so that it " +
          "knows its own",
      );
    }
    return this.#install.plan(() => ({ entries: entry, version: null }));
  }

  /** What every file lists under our name. */
  inspect(): ToolListing[] {
    return this.#install.look(({ path, text }) => {
      const value = valueIn(text);
      return {
        path,
        words: isOwn(value) ? wordsOf(value) : undefined,
        isOther: isOther(value),
      };
    });
  }

  /**
   * What is to be done so that no file lists our server.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUninstall(): SettingsChange[] {
    return this.#install.planUninstall();
  }
}

/** Whether an entry starts a server of ours, from wherever. */
function isOwn(entry: unknown): boolean {
  const words = wordsOf(entry);
  return words.at(-1) === "mcp" && words.some((word) => PROGRAM.test(word));
}

function isOther(entry: unknown): boolean {
  return entry !== undefined && !isOwn(entry);
}

function wordsOf(entry: unknown): string[] {
  const { command, args } = objectOf(entry);
  const words: unknown[] = [textOf(command) ?? "", ...(Array.isArray(args) ? args : [])];
  return words.map((word) => typeof word === "string" ? word : "");
}

function requireFree(text: string): void {
  if (!isOther(valueIn(text))) return;
  throw new SettingsError(
    `Cannot install the server of tools: another is listed as "${NAME}"; rename that one`,
  );
}

function withEntry(text: string, entry: Entry): string {
  const whole = text.trim() === "" ? "{}\n" : text;
  const root = parseSettings(whole);
  const [list] = propertiesOf(root, LIST);
  return list
    ? addProperty(whole, list, NAME, entry)
    : addProperty(whole, root, LIST, { [NAME]: entry });
}

/** @param kept the list stays, when it is empty without us, if it is named there */
function withoutEntry(text: string, kept: readonly string[]): string {
  const [entry] = entriesOf(text);
  if (!entry || !isOwn(jsoncValue(entry))) return text;
  const item = entry.parent!, list = item.parent!;
  const isAlone = list.children!.length === 1 && !kept.includes(LIST);
  return removeItem(text, isAlone ? list.parent! : item);
}

function hasList(text: string): boolean {
  return text.trim() !== "" && propertiesOf(parseSettings(text), LIST).length > 0;
}

function valueIn(text: string): unknown {
  const [entry] = entriesOf(text);
  return entry && jsoncValue(entry);
}

/** The entry of our name, whoever made it. */
function entriesOf(text: string): JsoncNode[] {
  if (text.trim() === "") return [];
  const [list, second] = propertiesOf(parseSettings(text), LIST);
  if (second) throw new SettingsError(`Cannot edit the settings: "${LIST}" is there twice`);
  if (list && list.type !== "object") {
    throw new SettingsError(`Cannot edit the settings: "${LIST}" is no object`);
  }
  const entries = list ? propertiesOf(list, NAME) : [];
  if (entries.length < 2) return entries;
  throw new SettingsError(`Cannot edit the settings: "${NAME}" is there twice`);
}
