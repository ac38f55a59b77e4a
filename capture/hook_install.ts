/**
 * Puts hooks into the settings of an assistant, keeps them right for the version that is in use,
 * and takes them out again: to the same bytes where nothing else was changed since.
 *
 * @module
 */

import type { HookTarget } from "./hook_settings.ts";
import { readInstallNotes } from "./install_notes.ts";
import { encodeSettings, readBackup, type SettingsFile } from "./settings_file.ts";
import {
  type InstallContext,
  planFiles,
  type SettingsChange,
  SettingsNotes,
  type Start,
} from "./settings_install.ts";
import { addToLists, emptyLists, isBare, ownLists, takeFromLists } from "./settings_lists.ts";

interface HookStart extends Start {
  /** Empty lists that were there before. */
  readonly kept: readonly string[];
}

/** Hooks in the settings files of one platform. */
export class HookInstall {
  readonly #context: InstallContext;
  readonly #notes: SettingsNotes;

  constructor(context: InstallContext) {
    this.#context = context;
    this.#notes = new SettingsNotes(context, "settings");
  }

  /** Whether there is a file into which something was put. */
  get isInstalled(): boolean {
    const { platform, notes } = this.#context;
    return [...readInstallNotes(notes).values()].some((note) => note.platform === platform.id);
  }

  /** Whether nothing was changed since our entries came in: then they go out first. */
  isLast(): boolean {
    let found = false;
    this.#plan((file) => {
      found ||= this.#notes.isAsWeLeftIt(file);
      return undefined;
    });
    return found;
  }

  /**
   * What is to be done so that every settings file has the hooks of a version, and no others of
   * ours; nothing for a file that has them.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planInstall(version: string | undefined, target: HookTarget): SettingsChange[] {
    return this.#plan((file) => this.#planFile(file, version, target));
  }

  /**
   * The same for files that have our entries, with the program that these call; without a version
   * for the one that they are for already.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUpdate(version: string | undefined, target: HookTarget): SettingsChange[] {
    const { isOwn, programOf } = this.#context.platform.hooks;
    return this.#plan((file) => {
      const note = this.#notes.of(file);
      const entries = [...ownEntries(ownLists(file.text, isOwn), isOwn)];
      // Whoever took all of them out by hand does not want them back.
      const isByHand = entries.length === 0 && note?.after !== this.#notes.hashOf(file);
      if (!note || isByHand) return undefined;
      const program = entries.map(programOf).find((found) => found !== undefined);
      const current = version ?? note.version ?? undefined;
      return this.#planFile(file, current, { ...target, program: program ?? target.program });
    });
  }

  /**
   * What is to be done so that no settings file has an entry of ours.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUninstall(): SettingsChange[] {
    return this.#plan((file) => {
      const start = this.#startOf(file);
      const note = this.#notes.of(file);
      if (start.text === file.text && !note) return undefined;
      const { frame } = this.#context.platform.hooks;
      const isGone = start.bytes === null ||
        note?.before === null && isBare(start.text, frame);
      return this.#notes.removal(file, start, isGone);
    });
  }

  #plan(planFile: (file: SettingsFile) => SettingsChange | undefined): SettingsChange[] {
    const { platform, environment } = this.#context;
    return planFiles(platform.hooks.files(environment), planFile);
  }

  #planFile(
    file: SettingsFile,
    version: string | undefined,
    target: HookTarget,
  ): SettingsChange | undefined {
    const { isOwn, lists, frame } = this.#context.platform.hooks;
    const wanted = lists(version, target);
    const own = ownLists(file.text, isOwn);
    if (sortedJson(own) === sortedJson(wanted)) return undefined;
    const start = this.#startOf(file);
    const text = addToLists(start.text, wanted, frame);
    return {
      path: file.path,
      before: file.bytes && file.text,
      after: text,
      apply: (now) =>
        this.#notes.put(file, start, text, {
          platform: this.#context.platform.id,
          kept: start.kept,
          version: version ?? null,
        }, now),
    };
  }

  /** The file without our entries, by its backup if nothing else was changed since. */
  #startOf(file: SettingsFile): HookStart {
    const note = this.#notes.of(file);
    const kept = note?.kept ?? emptyLists(file.text);
    const { isOwn } = this.#context.platform.hooks;
    const text = takeFromLists(file.text, isOwn, kept);
    const isAsWeLeftIt = note?.after === this.#notes.hashOf(file);
    if (note && isAsWeLeftIt && note.before === null) {
      return { text: "", kept, bytes: null, backup: undefined };
    }
    if (note && isAsWeLeftIt && note.before !== undefined) {
      const saved = note.backup === undefined ? undefined : readBackup(file, note.backup);
      for (const bytes of [saved, encodeSettings(file, text)]) {
        if (!bytes || this.#notes.hash(bytes) !== note.before) continue;
        const original = new TextDecoder().decode(bytes);
        return { text: original, kept, bytes, backup: saved && note.backup };
      }
    }
    if (text !== file.text) return { text, kept, bytes: undefined, backup: undefined };
    return { text, kept, bytes: file.bytes ?? null, backup: undefined };
  }
}

function* ownEntries(value: unknown, isOwn: (value: unknown) => boolean): Generator<unknown> {
  if (isOwn(value)) yield value;
  else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) yield* ownEntries(part, isOwn);
  }
}

function sortedJson(lists: Readonly<Record<string, readonly unknown[]>>): string {
  return JSON.stringify(Object.entries(lists).sort(([a], [b]) => a < b ? -1 : 1));
}
