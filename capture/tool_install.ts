/**
 * Lists our server of tools in the settings of an assistant, and takes it out again: to the same
 * bytes where nothing else was changed since.
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
import { readSettings, type SettingsFile } from "./settings_file.ts";
import {
  type InstallContext,
  planFiles,
  saying,
  type SettingsChange,
  SettingsNotes,
  type Start,
} from "./settings_install.ts";
import { parseSettings, SettingsError } from "./settings_lists.ts";

const LIST = "mcpServers";
/** Our name in the list. */
const NAME = "blueplane";
const PROGRAM = /(?:^|[/\\])(?:blueplane[\w.-]*|main\.ts)$/;

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
  readonly #notes: SettingsNotes;

  constructor(context: InstallContext) {
    this.#context = context;
    this.#notes = new SettingsNotes(context, "tools");
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
    return this.#plan((file) => {
      const [before] = entriesOf(file.text);
      if (before && !isOwn(jsoncValue(before))) {
        throw new SettingsError(
          `Cannot install the server of tools: another is listed as "${NAME}"; rename that one`,
        );
      }
      if (before && JSON.stringify(jsoncValue(before)) === JSON.stringify(entry)) {
        return undefined;
      }
      const start = this.#startOf(file);
      const after = withEntry(start.text, entry);
      return {
        path: file.path,
        before: file.bytes && file.text,
        after,
        apply: (now) =>
          this.#notes.put(file, start, after, {
            platform: `${this.#context.platform.id} tools`,
            kept: hasList(start.text) ? [LIST] : [],
            version: null,
          }, now),
      };
    });
  }

  /**
   * What is to be done so that no file lists our server.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUninstall(): SettingsChange[] {
    return this.#plan((file) => {
      const note = this.#notes.of(file);
      const start = this.#startOf(file);
      if (start.text === file.text && !note) return undefined;
      return this.#notes.removal(file, start, start.bytes === null);
    });
  }

  /** What every file lists under our name. */
  inspect(): ToolListing[] {
    const { platform, environment } = this.#context;
    return platform.toolClient.files(environment).map((path) =>
      saying(path, () => {
        const [entry] = entriesOf(readSettings(path).text);
        const value = entry && jsoncValue(entry);
        return {
          path,
          words: isOwn(value) ? wordsOf(value) : undefined,
          isOther: isOther(value),
        };
      })
    );
  }

  #plan(planFile: (file: SettingsFile) => SettingsChange | undefined): SettingsChange[] {
    const { platform, environment } = this.#context;
    return planFiles(platform.toolClient.files(environment), planFile);
  }

  /** The file without our entry: as it was, if nothing else was changed since. */
  #startOf(file: SettingsFile): Start {
    const asItWas = this.#notes.startOf(file);
    if (asItWas) return asItWas;
    const text = withoutEntry(file.text, this.#notes.of(file)?.kept ?? [LIST]);
    if (text !== file.text) return { text, bytes: undefined };
    return { text, bytes: file.bytes ?? null };
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

function withEntry(text: string, entry: unknown): string {
  const edited = withoutEntry(text.trim() === "" ? "{}\n" : text, [LIST]);
  const root = parseSettings(edited);
  const [list] = propertiesOf(root, LIST);
  return list
    ? addProperty(edited, list, NAME, entry)
    : addProperty(edited, root, LIST, { [NAME]: entry });
}

/** @param kept the list stays, when it is empty without us, if it is named there */
function withoutEntry(text: string, kept: readonly string[]): string {
  const [entry] = entriesOf(text);
  if (!entry || !isOwn(jsoncValue(entry))) return text;
  const item = entry.parent!, list = item.parent!;
  const isAlone = list.children!.length === 1 && !kept.includes(LIST);
  return removeItem(text, isAlone ? list.parent! : item);
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

function hasList(text: string): boolean {
  return text.trim() !== "" && propertiesOf(parseSettings(text), LIST).length > 0;
}
