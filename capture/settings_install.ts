/**
 * Puts entries of one kind into the settings of an assistant, and takes them out again: to the
 * same bytes where nothing else was changed since.
 *
 * @module
 */

import type { Privacy } from "../core/privacy.ts";
import {
  INSTALL_KINDS,
  type InstallNote,
  readInstallNotes,
  writeInstallNotes,
} from "./install_notes.ts";
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
import type { SettingsFrame } from "./hook_settings.ts";
import { isBare, SettingsError } from "./settings_lists.ts";

/** What installing works with. */
export interface InstallContext {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly privacy: Privacy;
  /** The path of `installs.json`. */
  readonly notes: string;
  /** Texts that files would have by now, where nothing is written; undefined for no file. */
  readonly drafts?: ReadonlyMap<string, string | undefined> | undefined;
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

/** What is wanted in a file, and the version of the client that it is for; null for any. */
export interface Wanted<Entries> {
  readonly entries: Entries;
  readonly version: string | null;
}

/** A file without what was put into it. */
interface Start {
  readonly text: string;
  /** What stays though it is empty. */
  readonly kept: readonly string[];
  /** Null for no file, undefined where its bytes are not known. */
  readonly bytes: Uint8Array | null | undefined;
  /** The copy of the file as it was before any entry of ours. */
  readonly backup: string | undefined;
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

/** A kind of entries: what they are, and how a text is edited. */
export interface SettingsKind<Entries> {
  /** Tells its notes from those of other kinds of the same file. */
  readonly name: typeof INSTALL_KINDS[number];
  /** Whose the notes are. */
  readonly owner: string;
  /** What a file must say beside, whatever else it says. */
  readonly frame?: SettingsFrame;
  /** What names the settings files, which may be missing. @default those of hooks */
  readonly places?: { files(environment: Environment): readonly string[] };
  /** Whether a text has these entries, and no others of ours. */
  has(text: string, entries: Entries): boolean;
  /**
   * Absent where there is room for everybody's.
   *
   * @throws {SettingsError} when what stands in a text is somebody else's
   */
  requireFree?(text: string, entries: Entries): void;
  /** A text that has none of ours, with these. */
  add(text: string, entries: Entries): string;
  /**
   * A text without any of ours, nor what is empty without them and not in `kept`.
   *
   * @param before the file as it was before ours came in, if that is known
   */
  remove(text: string, kept: readonly string[], before?: string): string;
  /** What of a text stays though it is empty. */
  keptIn(text: string): readonly string[];
}

/** Entries of one kind in settings files: plans, notes and backups are the same for all. */
export class SettingsInstall<Entries> {
  readonly #context: InstallContext;
  readonly #kind: SettingsKind<Entries>;

  constructor(context: InstallContext, kind: SettingsKind<Entries>) {
    this.#context = context;
    this.#kind = kind;
  }

  /** Whether nothing was changed since our entries came in: then they go out first. */
  isLast(): boolean {
    return this.look((file) => this.#isAsWeLeftIt(file)).includes(true);
  }

  /**
   * What is to be done so that no file has an entry of ours.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUninstall(): SettingsChange[] {
    return this.look((file) => {
      const start = this.#startOf(file), note = this.noteOf(file);
      if (start.text === file.text && !note) return undefined;
      const isGone = start.bytes === null ||
        note?.before === null && isBare(start.text, this.#kind.frame);
      return this.#removal(file, start, isGone);
    }).filter((change) => change !== undefined);
  }

  /** What is to be done so that each file has what is wanted in it; nothing for one that has. */
  plan(
    wantedIn: (file: SettingsFile) => Wanted<Entries> | undefined,
  ): SettingsChange[] {
    return this.look((file) => {
      const wanted = wantedIn(file);
      if (!wanted) return undefined;
      this.#kind.requireFree?.(file.text, wanted.entries);
      if (this.#kind.has(file.text, wanted.entries)) return undefined;
      const start = this.#startOf(file);
      const text = this.#kind.add(start.text, wanted.entries);
      return {
        path: file.path,
        before: file.bytes && file.text,
        after: text,
        apply: (now: number) =>
          saying(file.path, () => this.#put(file, start, text, wanted.version, now)),
      };
    }).filter((change) => change !== undefined);
  }

  /** What is seen in each file; two names of one file are one. */
  look<Seen>(see: (file: SettingsFile) => Seen): Seen[] {
    const { platform, environment } = this.#context;
    const places = this.#kind.places ?? platform.hooks;
    const seen = new Set<string>();
    return places.files(environment).flatMap((path) =>
      saying(path, () => {
        const file = this.#draftOf(readSettings(path));
        if (seen.has(file.realPath)) return [];
        seen.add(file.realPath);
        return [see(file)];
      })
    );
  }

  /** What is remembered of a file. */
  noteOf(file: SettingsFile): InstallNote | undefined {
    return readInstallNotes(this.#context.notes).get(this.#keyOf(file));
  }

  /** A keyed hash of a file's bytes; null where there is none. */
  hashOf({ bytes }: SettingsFile): string | null {
    return bytes ? this.#hash(bytes) : null;
  }

  #draftOf(file: SettingsFile): SettingsFile {
    const { drafts } = this.#context;
    if (!drafts?.has(file.path)) return file;
    const text = drafts.get(file.path);
    if (text === undefined) return { ...file, text: "", bytes: undefined };
    return { ...file, text, bytes: encodeSettings(file, text) };
  }

  #isAsWeLeftIt(file: SettingsFile): boolean {
    return this.noteOf(file)?.after === this.hashOf(file);
  }

  /** The file without our entries: as it was, if nothing else was changed since. */
  #startOf(file: SettingsFile): Start {
    const note = this.noteOf(file);
    const kept = note?.kept ?? this.#kind.keptIn(file.text);
    const isAsItWas = note !== undefined && this.#isAsWeLeftIt(file);
    if (isAsItWas && note.before === null) {
      return { text: "", kept, bytes: null, backup: undefined };
    }
    const saved = note?.backup === undefined ? undefined : readBackup(file, note.backup);
    const backup = saved && note?.backup;
    const text = this.#kind.remove(file.text, kept, saved && new TextDecoder().decode(saved));
    for (const bytes of isAsItWas ? [saved, encodeSettings(file, text)] : []) {
      if (!bytes || this.#hash(bytes) !== note?.before) continue;
      return { text: new TextDecoder().decode(bytes), kept, bytes, backup };
    }
    if (text !== file.text) return { text, kept, bytes: undefined, backup };
    return { text, kept, bytes: file.bytes ?? null, backup: undefined };
  }

  #put(
    file: SettingsFile,
    start: Start,
    text: string,
    version: string | null,
    now: number,
  ): string | undefined {
    const isSaved = !file.bytes || start.bytes === null ||
      start.bytes !== undefined && start.backup !== undefined;
    const fresh = isSaved ? undefined : backUpSettings(file, now);
    const bytes = encodeSettings(file, text);
    const earlier = this.noteOf(file);
    // Noted first: whatever happens next, uninstalling knows what was there before.
    this.#note(file, {
      platform: this.#kind.owner,
      before: start.bytes && this.#hash(start.bytes),
      after: this.#hash(bytes),
      backup: start.backup ?? fresh,
      kept: start.kept,
      version,
    });
    try {
      replaceSettings(file, bytes);
    } catch (error) {
      this.#note(file, earlier);
      if (fresh !== undefined) removeBackup(file, fresh);
      throw error;
    }
    return fresh;
  }

  /** The change that leaves a file as it is without our entries, or no file. */
  #removal(file: SettingsFile, start: Start, isGone: boolean): SettingsChange {
    return {
      path: file.path,
      before: file.bytes && file.text,
      after: isGone ? undefined : start.text,
      apply: (now) =>
        saying(file.path, () => {
          const isChanged = isGone || start.text !== file.text;
          const isKnown = start.bytes !== undefined || !isChanged || this.#isAllOurs(file);
          const backup = isKnown ? undefined : backUpSettings(file, now);
          const bytes = isGone ? undefined : start.bytes ?? encodeSettings(file, start.text);
          try {
            if (isChanged && file.bytes) replaceSettings(file, bytes);
          } catch (error) {
            if (backup !== undefined) removeBackup(file, backup);
            throw error;
          }
          this.#forget(file, start, bytes);
          return backup;
        }),
    };
  }

  /** Whether nothing was changed since entries of any kind came in, or went out. */
  #isAllOurs(file: SettingsFile): boolean {
    const notes = readInstallNotes(this.#context.notes), hash = this.hashOf(file);
    return this.#otherKeys(file).some((key) => notes.get(key)?.after === hash);
  }

  /**
   * Forgets entries that are out of a file now. What came in upon them came in upon what was there
   * before them instead: so that gets the same bytes back as well, when its time comes.
   */
  #forget(file: SettingsFile, start: Start, bytes: Uint8Array | undefined): void {
    const notes = new Map(readInstallNotes(this.#context.notes));
    const note = notes.get(this.#keyOf(file)), hash = this.hashOf(file);
    notes.delete(this.#keyOf(file));
    const outdated = start.bytes ? [start.backup] : [];
    for (const key of this.#otherKeys(file)) {
      const other = notes.get(key);
      if (!other) continue;
      const isUpon = note !== undefined && other.before === note.after;
      const isLast = bytes !== undefined && other.after === hash;
      if (isUpon) outdated.push(other.backup);
      notes.set(key, {
        ...other,
        ...(isUpon ? { before: note.before, backup: note.backup } : {}),
        ...(isLast ? { after: this.#hash(bytes) } : {}),
      });
    }
    writeInstallNotes(this.#context.notes, notes);
    for (const name of outdated) if (name !== undefined) removeBackup(file, name);
  }

  #hash(bytes: Uint8Array): string {
    return this.#context.privacy.fingerprint(bytes);
  }

  #note(file: SettingsFile, note: InstallNote | undefined): void {
    const notes = new Map(readInstallNotes(this.#context.notes));
    if (note) notes.set(this.#keyOf(file), note);
    else notes.delete(this.#keyOf(file));
    writeInstallNotes(this.#context.notes, notes);
  }

  #keyOf({ realPath }: SettingsFile, name: string = this.#kind.name): string {
    return this.#context.privacy.hash(`${name} ${realPath}`, 32);
  }

  /** The keys of the notes that other kinds may have of a file. */
  #otherKeys(file: SettingsFile): string[] {
    return INSTALL_KINDS.filter((name) => name !== this.#kind.name)
      .map((name) => this.#keyOf(file, name));
  }
}
