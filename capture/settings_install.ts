/**
 * What all that is put into an assistant's settings shares: a plan for each file, and notes by
 * which it goes out again to the same bytes.
 *
 * @module
 */

import type { Privacy } from "../core/privacy.ts";
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
import { SettingsError } from "./settings_lists.ts";

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

/** A file without what was put into it. */
export interface Start {
  readonly text: string;
  /** Null for no file, undefined where its bytes are not known. */
  readonly bytes: Uint8Array | null | undefined;
  readonly backup?: string | undefined;
}

/** What is to be done to each file; two names of one file are one. */
export function planFiles(
  paths: readonly string[],
  planFile: (file: SettingsFile) => SettingsChange | undefined,
): SettingsChange[] {
  const seen = new Set<string>();
  return paths.flatMap((path) =>
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

/** The notes of one kind of entries: each kind has its own of the same file. */
export class SettingsNotes {
  readonly #context: Pick<InstallContext, "privacy" | "notes">;
  readonly #kind: string;

  /** @param kind tells their notes from those of other kinds */
  constructor(context: Pick<InstallContext, "privacy" | "notes">, kind: string) {
    this.#context = context;
    this.#kind = kind;
  }

  /** A keyed hash of a file's bytes. */
  hash(bytes: Uint8Array): string {
    return this.#context.privacy.fingerprint(bytes);
  }

  /** The same of a file; null where there is none. */
  hashOf({ bytes }: SettingsFile): string | null {
    return bytes ? this.hash(bytes) : null;
  }

  /** What is remembered of a file. */
  of(file: SettingsFile): InstallNote | undefined {
    return readInstallNotes(this.#context.notes).get(this.#keyOf(file));
  }

  /** Remembers something of a file, or forgets it. */
  set(file: SettingsFile, note: InstallNote | undefined): void {
    const notes = new Map(readInstallNotes(this.#context.notes));
    if (note) notes.set(this.#keyOf(file), note);
    else notes.delete(this.#keyOf(file));
    writeInstallNotes(this.#context.notes, notes);
  }

  /** Whether nothing was changed in a file since our entries came in. */
  isAsWeLeftIt(file: SettingsFile): boolean {
    return this.of(file)?.after === this.hashOf(file);
  }

  /** The file as it was before our entries came in, if nothing else was changed since. */
  startOf(file: SettingsFile): Start | undefined {
    const note = this.of(file);
    if (note === undefined || note.after !== this.hashOf(file)) return undefined;
    if (note.before === null) return { text: "", bytes: null };
    const saved = note.backup === undefined ? undefined : readBackup(file, note.backup);
    if (saved === undefined || this.hash(saved) !== note.before) return undefined;
    return { text: new TextDecoder().decode(saved), bytes: saved, backup: note.backup };
  }

  /**
   * Puts a text with our entries in the place of a file.
   *
   * @param start the file without them
   * @param note what is remembered beside its bytes and its backup
   * @returns the name of the backup, if there is a new one
   */
  put(
    file: SettingsFile,
    start: Start,
    text: string,
    note: Pick<InstallNote, "platform" | "kept" | "version">,
    now: number,
  ): string | undefined {
    const fresh = start.backup || !file.bytes ? undefined : backUpSettings(file, now);
    const bytes = encodeSettings(file, text);
    const earlier = this.of(file);
    // Noted first: whatever happens next, uninstalling knows what was there before.
    this.set(file, {
      ...note,
      before: start.bytes && this.hash(start.bytes),
      after: this.hash(bytes),
      backup: start.backup ?? fresh,
    });
    try {
      replaceSettings(file, bytes);
    } catch (error) {
      this.set(file, earlier);
      if (fresh !== undefined) removeBackup(file, fresh);
      throw error;
    }
    return fresh;
  }

  /**
   * The change that leaves a file as it was without our entries.
   *
   * @param isGone whether there is no file without them
   */
  removal(file: SettingsFile, start: Start, isGone: boolean): SettingsChange {
    return {
      path: file.path,
      before: file.bytes && file.text,
      after: isGone ? undefined : start.text,
      apply: (now) => {
        const isChanged = isGone || start.text !== file.text;
        const isKnown = start.bytes !== undefined || !isChanged;
        const backup = isKnown ? undefined : backUpSettings(file, now);
        const bytes = isGone ? undefined : start.bytes ?? encodeSettings(file, start.text);
        if (isChanged && file.bytes) replaceSettings(file, bytes);
        if (start.bytes && start.backup) removeBackup(file, start.backup);
        this.set(file, undefined);
        return backup;
      },
    };
  }

  #keyOf({ realPath }: SettingsFile): string {
    return this.#context.privacy.hash(`${this.#kind} ${realPath}`, 32);
  }
}
