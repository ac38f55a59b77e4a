/**
 * Puts hooks into the settings of an assistant, keeps them right for the version that is in use,
 * and takes them out again: to the same bytes where nothing else was changed since.
 *
 * @module
 */

import type { Privacy } from "../core/privacy.ts";
import type { HookTarget } from "./hook_settings.ts";
import { type InstallNote, readInstallNotes, writeInstallNotes } from "./install_notes.ts";
import type { Environment, Platform } from "./platform.ts";
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
  addToLists,
  emptyLists,
  isBare,
  ownLists,
  SettingsError,
  takeFromLists,
} from "./settings_lists.ts";

/** What installing works with. */
export interface InstallContext {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly privacy: Privacy;
  /** The path of `installs.json`. */
  readonly notes: string;
}

/** What is done to one settings file, or would be. */
export interface SettingsChange {
  readonly path: string;
  /** The text as it is and as it is to be; undefined where there is no file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Does it. @returns the name of the backup, if there is a new one */
  apply(now: number): string | undefined;
}

interface Start {
  readonly text: string;
  readonly kept: readonly string[];
  /** Of the file without our entries, if its bytes are known. */
  readonly bytes: Uint8Array | null | undefined;
  readonly backup: string | undefined;
}

/** Hooks in the settings files of one platform. */
export class HookInstall {
  readonly #context: InstallContext;

  constructor(context: InstallContext) {
    this.#context = context;
  }

  /** Whether there is a file into which something was put. */
  get isInstalled(): boolean {
    const { platform, notes } = this.#context;
    return [...readInstallNotes(notes).values()].some((note) => note.platform === platform.id);
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
      const note = this.#noteOf(file);
      const entries = [...ownEntries(ownLists(file.text, isOwn), isOwn)];
      // Whoever took all of them out by hand does not want them back.
      const isByHand = entries.length === 0 && note?.after !== this.#hashOf(file);
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
      const note = this.#noteOf(file);
      if (start.text === file.text && !note) return undefined;
      const { frame } = this.#context.platform.hooks;
      const isGone = start.bytes === null ||
        note?.before === null && isBare(start.text, frame);
      const bytes = isGone ? undefined : start.bytes ?? encodeSettings(file, start.text);
      const isChanged = isGone || start.text !== file.text;
      return {
        path: file.path,
        before: file.bytes && file.text,
        after: isGone ? undefined : start.text,
        apply: (now) => {
          const isKnown = start.bytes !== undefined || !isChanged;
          const backup = isKnown ? undefined : backUpSettings(file, now);
          if (isChanged && file.bytes) replaceSettings(file, bytes);
          if (start.bytes && start.backup) removeBackup(file, start.backup);
          this.#setNote(file, undefined);
          return backup;
        },
      };
    });
  }

  /** What is to be done to each file; two names of one file are one. */
  #plan(planFile: (file: SettingsFile) => SettingsChange | undefined): SettingsChange[] {
    const { platform, environment } = this.#context;
    const seen = new Set<string>();
    return platform.hooks.files(environment).flatMap((path) =>
      saying(path, () => {
        const file = readSettings(path);
        if (seen.has(file.realPath)) return [];
        seen.add(file.realPath);
        const change = planFile(file);
        if (!change) return [];
        return [{ ...change, apply: (now) => saying(path, () => change.apply(now)) }];
      })
    );
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
      apply: (now) => {
        const fresh = start.backup || !file.bytes ? undefined : backUpSettings(file, now);
        const bytes = encodeSettings(file, text);
        const earlier = this.#noteOf(file);
        // Noted first: whatever happens next, uninstalling knows what was there before.
        this.#setNote(file, {
          platform: this.#context.platform.id,
          before: start.bytes && this.#hash(start.bytes),
          after: this.#hash(bytes),
          backup: start.backup ?? fresh,
          kept: start.kept,
          version: version ?? null,
        });
        try {
          replaceSettings(file, bytes);
        } catch (error) {
          this.#setNote(file, earlier);
          if (fresh !== undefined) removeBackup(file, fresh);
          throw error;
        }
        return fresh;
      },
    };
  }

  /** The file without our entries, by its backup if nothing else was changed since. */
  #startOf(file: SettingsFile): Start {
    const note = this.#noteOf(file);
    const kept = note?.kept ?? emptyLists(file.text);
    const { isOwn } = this.#context.platform.hooks;
    const text = takeFromLists(file.text, isOwn, kept);
    const isAsWeLeftIt = note?.after === this.#hashOf(file);
    if (note && isAsWeLeftIt && note.before === null) {
      return { text: "", kept, bytes: null, backup: undefined };
    }
    if (note && isAsWeLeftIt && note.before !== undefined) {
      const saved = note.backup === undefined ? undefined : readBackup(file, note.backup);
      for (const bytes of [saved, encodeSettings(file, text)]) {
        if (!bytes || this.#hash(bytes) !== note.before) continue;
        const original = new TextDecoder().decode(bytes);
        return { text: original, kept, bytes, backup: saved && note.backup };
      }
    }
    if (text !== file.text) return { text, kept, bytes: undefined, backup: undefined };
    return { text, kept, bytes: file.bytes ?? null, backup: undefined };
  }

  #hash(bytes: Uint8Array): string {
    return this.#context.privacy.fingerprint(bytes);
  }

  #hashOf({ bytes }: SettingsFile): string | null {
    return bytes ? this.#hash(bytes) : null;
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
    return this.#context.privacy.hash(`settings ${realPath}`, 32);
  }
}

/** Says in an error which file it is about: for the eyes of its user. */
export function saying<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    error.message += ` (${path})`;
    throw error;
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
