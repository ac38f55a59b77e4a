/**
 * `installs.json`: what was put into which settings file, so that it can be taken out again to
 * the same bytes. Files are named by keyed hashes of their paths.
 *
 * @module
 */

import { writePrivateFile } from "../core/home.ts";
import { removeIfThere } from "../core/if_there.ts";

/** What is remembered of one settings file. */
export interface InstallNote {
  readonly platform: string;
  /** Hash of the file before our entries; null where there was none, absent if not known. */
  readonly before?: string | null | undefined;
  /** Hash of the file with our entries. */
  readonly after: string;
  /** Name of the backup beside the file. */
  readonly backup?: string | undefined;
  /** Empty lists that were there before. */
  readonly kept: readonly string[];
  /** The version that the entries are for; null for an unknown one. */
  readonly version: string | null;
}

/** What is put into settings files, each with notes of its own: the names that tell them apart. */
export const INSTALL_KINDS = ["settings", "status line", "exports", "tools"] as const;

/** Notes by the hash of their kind and a file's path. */
export type InstallNotes = ReadonlyMap<string, InstallNote>;

/** All notes; none when there is no file, or none that can be read. */
export function readInstallNotes(path: string): InstallNotes {
  const { files } = readObject(path);
  const notes = new Map<string, InstallNote>();
  if (typeof files !== "object" || files === null) return notes;
  for (const [key, note] of Object.entries(files)) if (isNote(note)) notes.set(key, note);
  return notes;
}

/** Writes all notes, whole or not at all; without any the file goes. */
export function writeInstallNotes(path: string, notes: InstallNotes): void {
  if (notes.size === 0) return removeIfThere(path);
  const part = `${path}.${crypto.randomUUID()}`;
  const document = { schema: "blueplane.installs/1", files: Object.fromEntries(notes) };
  writePrivateFile(part, `${JSON.stringify(document, null, 2)}\n`, { createNew: true });
  Deno.renameSync(part, path);
}

function isNote(value: unknown): value is InstallNote {
  const note = value as Partial<InstallNote> | null;
  return typeof note?.platform === "string" && typeof note.after === "string" &&
    Array.isArray(note.kept);
}

function readObject(path: string): Record<string, unknown> {
  try {
    return JSON.parse(Deno.readTextFileSync(path)) ?? {};
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return {};
    throw error;
  }
}
