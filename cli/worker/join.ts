/**
 * `blueplane worker --join`: makes this data folder one that captures for the installation that
 * invited it.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { isSpooled } from "../../capture/spool.ts";
import { readConfig } from "../../core/config.ts";
import { databaseBytes, openReader } from "../../core/database.ts";
import { type Home, makeHome, readKey, replaceKey } from "../../core/home.ts";
import { entriesIn, removeIfThere } from "../../core/if_there.ts";
import { reportStatus } from "../../core/reports/status_report.ts";
import { markCaptureHome } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import type { Io } from "../io.ts";
import { readLine } from "../read_line.ts";
import { takeHomeLock } from "../home_lock.ts";
import { configOrigins, findHome } from "../workspace.ts";
import { decodeInvitation } from "./invitation.ts";

/** Runs it. */
export async function join(io: Io, globals: Globals): Promise<number> {
  const home = findHome(io, globals);
  const { redisUrl } = readConfig(configOrigins(io, home));
  const key = decodeInvitation(await readLine(io, "Invitation: "));
  makeHome(home);
  using lock = takeHomeLock(home);
  if (!lock) {
    throw new Error("Cannot join: another blueplane uses this data folder; stop it first");
  }
  const own = readKey(home, false);
  const isSame = own !== undefined && Buffer.from(own).equals(key);
  if (hasEvents(home)) {
    const whose = isSame
      ? "is the one that invited, or a copy of it"
      : "has events of its own, under another key";
    throw new Error(
      `Cannot join: this data folder ${whose}; name another with --home DIR, or move it away`,
    );
  }
  if (!isSame) {
    const left = removeOwn(home);
    replaceKey(home, key);
    if (left > 0) {
      io.stderr.write("warning: What hooks left here before is gone: it had another key\n");
    }
  }
  markCaptureHome(home, io.clock.now());
  if (globals.json) {
    io.stdout.write(`${JSON.stringify({ schema: "blueplane.worker/1", joined: true })}\n`);
  } else if (!globals.quiet) {
    const next = redisUrl === undefined ? "set redis.url, then run" : "run";
    io.stdout.write(`Joined; now ${next} blueplane worker --role capture\n`);
  }
  return 0;
}

function hasEvents(home: Home): boolean {
  using db = openReader(home.database);
  // That of an older version has some.
  if (!db) return databaseBytes(home.database) > 0;
  const { storage, queue } = reportStatus(db, { version: "", server: null, databaseBytes: 0 });
  return (storage?.events ?? 0) + (queue?.events ?? 0) > 0;
}

/** Removes what was made with the own key: positions of sources, and what hooks left. */
function removeOwn(home: Home): number {
  for (const path of ["", "-wal", "-shm"].map((part) => home.database + part)) {
    removeIfThere(path);
  }
  const left = spooled(home);
  for (const name of left) removeIfThere(`${home.spool}/${name}`);
  return left.length;
}

function spooled(home: Home): string[] {
  return entriesIn(home.spool).map(({ name }) => name).filter(isSpooled);
}
