/**
 * What a report does while another process reads what is new: on a fresh home that may not even
 * have told yet how much there is, and nothing would be told for none.
 *
 * @module
 */

import { filesFound } from "../core/files_found.ts";
import { isLocked } from "../core/writer_lock.ts";
import type { HomeReader } from "./home_reader.ts";
import type { News } from "./read_news.ts";
import type { Workspace } from "./workspace.ts";

const LOOK_EVERY_MS = 50;
/** A schema is made, and all folders are looked at, in less. */
const FOUND_WITHIN_MS = 10_000;

/**
 * Waits until the other has told how many files there are, or is done, and says that it reads.
 *
 * @param read tries once more, where it is done and found nothing to tell
 */
export async function besideReader(
  { io, home, globals }: Workspace,
  reader: HomeReader,
  read: () => Promise<News | undefined>,
): Promise<News | undefined> {
  // Who lends its turn has nothing to do but to follow: it reads what comes as it comes.
  const isLent = isLocked(home.lent);
  for (let waitedMs = 0; waitedMs < FOUND_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    const { db } = reader;
    if (db && filesFound(db) > 0) break;
    if (!isLocked(home.lock)) return await read();
    await io.clock.sleep(LOOK_EVERY_MS);
  }
  if (!isLent && !globals.quiet) {
    io.stderr.write(
      "note: another blueplane is reading; what follows is what is stored so far\n",
    );
  }
  return undefined;
}
