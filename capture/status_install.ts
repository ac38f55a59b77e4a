/**
 * Puts our status line into the settings of an assistant and takes it out again: to the same
 * bytes where nothing else was changed since, and with the user's own line, if that was replaced,
 * in its old place.
 *
 * @module
 */

import {
  addProperty,
  jsoncValue,
  propertiesOf,
  removeItem,
  replaceValue,
} from "../core/jsonc.ts";
import type { InstallNote } from "./install_notes.ts";
import {
  backUpSettings,
  encodeSettings,
  readBackup,
  readSettings,
  removeBackup,
  replaceSettings,
  type SettingsFile,
} from "./settings_file.ts";
import {
  type InstallContext,
  saying,
  type SettingsChange,
  SettingsNotes,
} from "./settings_install.ts";
import { isBare, parseSettings, SettingsError } from "./settings_lists.ts";
import type { StatusSettings } from "./status_settings.ts";

/** The status line in the settings files of one platform. */
export class StatusInstall {
  readonly #context: InstallContext;
  readonly #status: StatusSettings;
  readonly #notes: SettingsNotes;

  constructor(context: InstallContext, status: StatusSettings) {
    this.#context = context;
    this.#status = status;
    this.#notes = new SettingsNotes(context, "status line");
  }

  /** Whether some settings file has our line now. */
  isInstalled(): boolean {
    return this.#files().some((file) => this.#isOwn(file));
  }

  /** The programs that our lines call, with their options, as a shell reads them. */
  programs(): string[] {
    return this.#files().flatMap((file) => this.#status.programOf(this.#value(file)) ?? []);
  }

  /** Whether some settings file has a line of the user's own. */
  isOther(): boolean {
    return this.#files().some((file) => this.#value(file) !== undefined && !this.#isOwn(file));
  }

  /** Whether nothing was changed since our line came in: then it goes out first. */
  isLast(): boolean {
    return this.#files().some((file) => this.#notes.isAsWeLeftIt(file));
  }

  /**
   * What is to be done so that every settings file has our line; nothing for one that has it.
   *
   * @param program with its options, as a shell reads them
   * @param force whether a line of the user's own is replaced
   * @throws {SettingsError} when a file cannot be edited, or has a line of the user's own; none
   * was touched then
   */
  planInstall(program: string, force: boolean): SettingsChange[] {
    const wanted = this.#status.value(program);
    return this.#files().flatMap((file) =>
      saying(file.path, () => {
        const value = this.#value(file);
        if (JSON.stringify(value) === JSON.stringify(wanted)) return [];
        const isOwn = this.#isOwn(file);
        if (value !== undefined && !isOwn && !force) {
          throw new SettingsError(
            "Cannot install the status line: there is one already; --force replaces it, and " +
              "uninstall puts it back",
          );
        }
        return [this.#installing(file, wanted, isOwn ? this.#notes.of(file) : undefined)];
      })
    );
  }

  /**
   * What is to be done so that no settings file has our line.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUninstall(): SettingsChange[] {
    return this.#files().flatMap((file) =>
      saying(file.path, () => {
        const note = this.#notes.of(file);
        if (this.#isOwn(file)) return [this.#uninstalling(file, note)];
        // Whoever put another line there by hand keeps that.
        return note ? [this.#change(file, file.bytes, () => undefined)] : [];
      })
    );
  }

  #installing(file: SettingsFile, wanted: unknown, earlier: InstallNote | undefined) {
    const text = file.text.trim() === "" ? `${file.text}{}\n` : file.text;
    const root = parseSettings(text);
    const [found] = propertiesOf(root, this.#status.key);
    const bytes = encodeSettings(
      file,
      found
        ? replaceValue(text, found, wanted)
        : addProperty(text, root, this.#status.key, wanted),
    );
    const isAsWeLeftIt = earlier?.after === this.#notes.hashOf(file);
    return this.#change(file, bytes, (now) => {
      const fresh = earlier || !file.bytes ? undefined : backUpSettings(file, now);
      // Noted first: whatever happens next, uninstalling knows what was there before.
      this.#notes.set(file, {
        platform: `${this.#context.platform.id}.status_line`,
        before: !earlier ? this.#notes.hashOf(file) : isAsWeLeftIt ? earlier.before : undefined,
        after: this.#notes.hash(bytes),
        backup: earlier?.backup ?? fresh,
        kept: [],
        version: null,
      });
      return fresh;
    });
  }

  #uninstalling(file: SettingsFile, note: InstallNote | undefined): SettingsChange {
    const saved = note?.backup === undefined ? undefined : readBackup(file, note.backup);
    const isAsWeLeftIt = note !== undefined && note.after === this.#notes.hashOf(file);
    if (isAsWeLeftIt && note.before === null) {
      return this.#change(file, undefined, () => undefined);
    }
    if (isAsWeLeftIt && saved && this.#notes.hash(saved) === note.before) {
      return this.#change(file, saved, () => undefined, () => removeBackup(file, note.backup!));
    }
    const text = this.#without(file, saved);
    const isGone = note?.before === null && isBare(text);
    return this.#change(
      file,
      isGone ? undefined : encodeSettings(file, text),
      (now) => backUpSettings(file, now),
    );
  }

  /** The text with the user's own line as the backup has it, or without any. */
  #without(file: SettingsFile, saved: Uint8Array | undefined): string {
    const [found] = propertiesOf(parseSettings(file.text), this.#status.key);
    const before = saved && this.#valueIn(new TextDecoder().decode(saved));
    return before === undefined || this.#status.isOwn(before)
      ? removeItem(file.text, found!.parent!)
      : replaceValue(file.text, found!, before);
  }

  /** A change to these bytes, or to no file; `prepare` is called before, `finish` after it. */
  #change(
    file: SettingsFile,
    bytes: Uint8Array | undefined,
    prepare: (now: number) => string | undefined,
    finish = () => {},
  ): SettingsChange {
    return {
      path: file.path,
      before: file.bytes && file.text,
      after: bytes && new TextDecoder().decode(bytes),
      apply: (now) =>
        saying(file.path, () => {
          const earlier = this.#notes.of(file);
          const backup = prepare(now);
          try {
            if (bytes !== file.bytes) replaceSettings(file, bytes);
          } catch (error) {
            this.#notes.set(file, earlier);
            if (backup !== undefined) removeBackup(file, backup);
            throw error;
          }
          finish();
          const isOurs = bytes &&
            this.#status.isOwn(this.#valueIn(new TextDecoder().decode(bytes)));
          if (!isOurs) this.#notes.set(file, undefined);
          return backup;
        }),
    };
  }

  /** The settings files; two names of one file are one. */
  #files(): SettingsFile[] {
    const { platform, environment } = this.#context;
    const files = platform.hooks.files(environment)
      .map((path) => saying(path, () => readSettings(path)));
    return [...new Map(files.map((file) => [file.realPath, file])).values()];
  }

  #isOwn(file: SettingsFile): boolean {
    return this.#status.isOwn(this.#value(file));
  }

  #value(file: SettingsFile): unknown {
    return saying(file.path, () => this.#valueIn(file.text));
  }

  #valueIn(text: string): unknown {
    if (text.trim() === "") return undefined;
    const { key } = this.#status;
    const [found, second] = propertiesOf(parseSettings(text), key);
    if (second) throw new SettingsError(`Cannot edit the settings: "${key}" is there twice`);
    return found && jsoncValue(found);
  }
}
