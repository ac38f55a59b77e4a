/**
 * Leaves finished events where whoever may write picks them up: one file a time, whole or not at
 * all, without a database and without a server.
 *
 * @module
 */

import { writePrivateFile } from "../core/home.ts";
import { isThere } from "../core/if_there.ts";

/** Whether a file of this name is a whole one. */
export function isSpooled(name: string): boolean {
  return /^\d.*\.jsonl$/.test(name);
}

/** Whether a file of this name is one that is being written, or never was finished. */
export function isUnfinished(name: string): boolean {
  return /^\.\d.*\.jsonl$/.test(name);
}

/** Makes the folder, open to its owner alone. */
export function makeSpool(folder: string): void {
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/**
 * Writes a file that sorts by its time. It is not forced to the disk: that would cost more than
 * all the rest, and only a power cut in the next seconds loses what was written.
 *
 * @param now milliseconds
 */
export function spoolEvents(folder: string, events: readonly string[], now: number): void {
  const name = `${now}-${Deno.pid}-${crypto.randomUUID().slice(0, 8)}.jsonl`;
  Deno.renameSync(writePart(folder, name, events), `${folder}/${name}`);
}

/**
 * Leaves an event whose file bears its name, unless it is there already: who calls often leaves
 * it once, until it is taken.
 *
 * @param now milliseconds
 * @param mark says what the event is: letters, digits and `-`
 */
export function spoolOnce(folder: string, event: string, now: number, mark: string): void {
  const name = `${now}-${mark}.jsonl`;
  if (isThere(`${folder}/${name}`)) return;
  const part = writePart(folder, `${now}-${Deno.pid}-${mark}.jsonl`, [event]);
  try {
    // Never over one that is being read: that would be removed unread.
    Deno.linkSync(part, `${folder}/${name}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  } finally {
    Deno.removeSync(part);
  }
}

function writePart(folder: string, name: string, events: readonly string[]): string {
  makeSpool(folder);
  const part = `${folder}/.${name}`;
  writePrivateFile(part, events.map((event) => `${event}\n`).join(""), { createNew: true });
  return part;
}
