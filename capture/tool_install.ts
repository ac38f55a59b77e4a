/**
 * Lists our server of tools in the settings of an assistant, and takes it out again: to the same
 * bytes where nothing else was changed since.
 *
 * @module
 */

import {
  addProperty,
  JsoncError,
  type JsoncNode,
  jsoncValue,
  parseJsonc,
  propertiesOf,
  removeItem,
} from "../core/jsonc.ts";
import type { InstallContext, SettingsChange } from "./hook_install.ts";
import { type InstallNote, readInstallNotes, writeInstallNotes } from "./install_notes.ts";
import { objectOf, textOf } from "./json_access.ts";
import {
  backUpSettings,
  encodeSettings,
  readBackup,
  readSettings,
  removeBackup,
  replaceSettings,
  type SettingsFile,
} from "./settings_file.ts";
import { SettingsError } from "./settings_lists.ts";

const LIST = "mcpServers";
/** Our name in the list. */
const NAME = "blueplane";
const PROGRAM = /(?:^|[/\\])(?:blueplane[\w.-]*|main\.ts)$/;

/** The entry in the settings files of one platform. */
export class ToolInstall {
  readonly #context: InstallContext;

  constructor(context: InstallContext) {
    this.#context = context;
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
        apply: (now) => this.#put(file, start, after, now),
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
      const note = this.#noteOf(file);
      const start = this.#startOf(file);
      if (start.text === file.text && !note) return undefined;
      const isGone = start.bytes === null;
      return {
        path: file.path,
        before: file.bytes && file.text,
        after: isGone ? undefined : start.text,
        apply: (now) => {
          const isChanged = isGone || start.text !== file.text;
          const backup = start.bytes === undefined && isChanged
            ? backUpSettings(file, now)
            : undefined;
          const bytes = isGone ? undefined : start.bytes ?? encodeSettings(file, start.text);
          if (isChanged && file.bytes) replaceSettings(file, bytes);
          if (start.bytes && start.backup) removeBackup(file, start.backup);
          this.#setNote(file, undefined);
          return backup;
        },
      };
    });
  }

  #plan(planFile: (file: SettingsFile) => SettingsChange | undefined): SettingsChange[] {
    const { platform, environment } = this.#context;
    return platform.toolClient.files(environment).flatMap((path) => {
      try {
        return planFile(readSettings(path)) ?? [];
      } catch (error) {
        if (error instanceof SettingsError) error.message += ` (${path})`;
        throw error;
      }
    });
  }

  #put(file: SettingsFile, start: Start, text: string, now: number): string | undefined {
    const fresh = start.backup || !file.bytes ? undefined : backUpSettings(file, now);
    const bytes = encodeSettings(file, text);
    const earlier = this.#noteOf(file);
    // Noted first: whatever happens next, uninstalling knows what was there before.
    this.#setNote(file, {
      platform: `${this.#context.platform.id} tools`,
      before: start.bytes && this.#hash(start.bytes),
      after: this.#hash(bytes),
      backup: start.backup ?? fresh,
      kept: hasList(start.text) ? [LIST] : [],
      version: null,
    });
    try {
      replaceSettings(file, bytes);
    } catch (error) {
      this.#setNote(file, earlier);
      if (fresh !== undefined) removeBackup(file, fresh);
      throw error;
    }
    return fresh;
  }

  /** The file without our entry: as it was, if nothing else was changed since. */
  #startOf(file: SettingsFile): Start {
    const note = this.#noteOf(file);
    const isAsWeLeftIt = note !== undefined && file.bytes !== undefined &&
      note.after === this.#hash(file.bytes);
    if (isAsWeLeftIt && note.before === null) return { text: "", bytes: null };
    const saved = isAsWeLeftIt && note.backup !== undefined
      ? readBackup(file, note.backup)
      : undefined;
    if (saved && this.#hash(saved) === note?.before) {
      return { text: decoded(saved), bytes: saved, backup: note.backup };
    }
    const text = withoutEntry(file.text, note?.kept ?? [LIST]);
    if (text !== file.text) return { text, bytes: undefined };
    return { text, bytes: file.bytes ?? null };
  }

  #hash(bytes: Uint8Array): string {
    return this.#context.privacy.fingerprint(bytes);
  }

  #noteOf(file: SettingsFile): InstallNote | undefined {
    return readInstallNotes(this.#context.notes).get(this.#keyOf(file));
  }

  #setNote(file: SettingsFile, note: InstallNote | undefined): void {
    const notes = new Map(readInstallNotes(this.#context.notes));
    if (note) notes.set(this.#keyOf(file), note);
    else notes.delete(this.#keyOf(file));
    writeInstallNotes(this.#context.notes, notes);
  }

  #keyOf({ realPath }: SettingsFile): string {
    return this.#context.privacy.hash(`tools ${realPath}`, 32);
  }
}

/** A file without our entry; its bytes are null for none, undefined where they are not known. */
interface Start {
  readonly text: string;
  readonly bytes: Uint8Array | null | undefined;
  readonly backup?: string | undefined;
}

/** Whether an entry starts a server of ours, from wherever. */
function isOwn(entry: unknown): boolean {
  const { command, args } = objectOf(entry);
  const words = [textOf(command) ?? "", ...(Array.isArray(args) ? args : [])];
  return words.at(-1) === "mcp" &&
    words.some((word) => typeof word === "string" && PROGRAM.test(word));
}

function withEntry(text: string, entry: unknown): string {
  const edited = withoutEntry(text.trim() === "" ? "{}\n" : text, [LIST]);
  const root = rootOf(edited);
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
  const [list, second] = propertiesOf(rootOf(text), LIST);
  if (second) throw new SettingsError(`Cannot edit the settings: "${LIST}" is there twice`);
  if (list && list.type !== "object") {
    throw new SettingsError(`Cannot edit the settings: "${LIST}" is no object`);
  }
  const entries = list ? propertiesOf(list, NAME) : [];
  if (entries.length < 2) return entries;
  throw new SettingsError(`Cannot edit the settings: "${NAME}" is there twice`);
}

function hasList(text: string): boolean {
  return text.trim() !== "" && propertiesOf(rootOf(text), LIST).length > 0;
}

function rootOf(text: string): JsoncNode {
  try {
    const root = parseJsonc(text);
    if (root.type === "object") return root;
  } catch (error) {
    if (!(error instanceof JsoncError)) throw error;
    const why = error.message.replace("Cannot read JSON: ", "");
    throw new SettingsError(`Cannot edit the settings: no valid JSON, ${why}`);
  }
  throw new SettingsError("Cannot edit the settings: no object");
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
