/**
 * Leaves finished events where whoever may write picks them up: one file a time, whole or not at
 * all, without a database and without a server.
 *
 * @module
 */

import { writePrivateFile } from "../core/home.ts";

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
  makeSpool(folder);
  const name = `${now}-${Deno.pid}-${crypto.randomUUID().slice(0, 8)}.jsonl`;
  const part = `${folder}/.${name}`;
  writePrivateFile(part, events.map((event) => `${event}\n`).join(""), { createNew: true });
  Deno.renameSync(part, `${folder}/${name}`);
}
