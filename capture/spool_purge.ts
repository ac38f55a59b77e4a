/**
 * Takes purged events out of the spool, where they wait when nobody stores them.
 *
 * @module
 */

import { decodeEvent, EventError } from "../core/event.ts";
import { entriesIn } from "../core/if_there.ts";
import { isChosen, type PurgeChoice } from "../core/purge.ts";
import { writeWhole } from "../core/write_whole.ts";
import { isSpooled, isUnfinished } from "./spool.ts";

/** Removes them; a file in which others stand is written anew without them. */
export function purgeSpool(folder: string, choice: PurgeChoice): void {
  for (const name of namesIn(folder)) {
    const path = `${folder}/${name}`;
    try {
      const lines = Deno.readTextFileSync(path).split("\n").filter((line) => line !== "");
      const left = lines.filter((line) => !isPurged(line, choice));
      if (left.length === lines.length && lines.length > 0) continue;
      if (left.length === 0) Deno.removeSync(path);
      else writeWhole(path, left.map((line) => `${line}\n`).join(""));
    } catch (error) {
      // Somebody took it in the meantime, and asks the tombstones.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

function namesIn(folder: string): string[] {
  return entriesIn(folder).filter(({ isFile }) => isFile).map(({ name }) => name)
    .filter((name) => isSpooled(name) || isUnfinished(name));
}

/** What is no event might be one of them. */
function isPurged(line: string, choice: PurgeChoice): boolean {
  try {
    return isChosen(choice, decodeEvent(line));
  } catch (error) {
    if (error instanceof EventError) return true;
    throw error;
  }
}
