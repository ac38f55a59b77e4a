/**
 * The data folder: where its files are, and the key that makes its hashes its own.
 *
 * @module
 */

import { createHmac, randomBytes } from "node:crypto";
import { asHomeClosed, inHome } from "./home_closed.ts";
import { ifThere, removeIfThere } from "./if_there.ts";
import { isNoRoom } from "./no_room.ts";

/** Paths below `BLUEPLANE_HOME`. */
export interface Home {
  readonly path: string;
  readonly database: string;
  readonly lock: string;
  /** Held by who writes as long as nobody else wants to, and by who wants to. */
  readonly lent: string;
  readonly wanted: string;
  readonly key: string;
  readonly config: string;
  /** What editors check it with. */
  readonly configSchema: string;
  readonly prices: string;
  readonly serve: string;
  /** Says that this folder only captures, for the installation that invited it. */
  readonly worker: string;
  readonly logs: string;
  /** What was said in the background, which process it was, and its lock. */
  readonly log: string;
  readonly run: string;
  readonly runLock: string;
  /** When capture was paused. */
  readonly pauses: string;
  /** Raw traces that are old, as Parquet files. */
  readonly archive: string;
  /** What was purged, for the day on which the database is not there to tell. */
  readonly purged: string;
  /** Events of hooks, until someone who may write takes them. */
  readonly spool: string;
  /** Says that a backup is being put in place: whoever comes next ends that first. */
  readonly restore: string;
  /** What was put into the settings of assistants. */
  readonly installs: string;
  /** Copies of databases while they are read. */
  readonly temporary: string;
}

/** Thrown where the key is not the one that the data was made with. */
export class KeyError extends Error {
  override name = "KeyError";
}

/** Bytes of a key. */
export const KEY_BYTES = 32;

/** The paths of a home; nothing is made. */
export function homeAt(path: string): Home {
  const at = (name: string) => `${path}/${name}`;
  return {
    path,
    database: at("telemetry.db"),
    lock: at("telemetry.lock"),
    lent: at("telemetry.lent"),
    wanted: at("telemetry.wanted"),
    key: at("install.key"),
    config: at("config.json"),
    configSchema: at("config.schema.json"),
    prices: at("prices.json"),
    serve: at("serve.json"),
    worker: at("worker.json"),
    logs: at("logs"),
    log: at("logs/serve.log"),
    run: at("logs/run.json"),
    runLock: at("logs/run.lock"),
    pauses: at("pauses.json"),
    archive: at("archive"),
    purged: at("purged.json"),
    spool: at("spool"),
    restore: at("restore.json"),
    installs: at("installs.json"),
    temporary: at("tmp"),
  };
}

/**
 * Makes the folder, open to its owner alone. It may be a link itself; where a folder in it is one,
 * files of whatever it leads to would be taken for its own, read and removed.
 *
 * @throws {Error} when it cannot be made or used; what to do is said
 */
export function makeHome(home: Home): void {
  makeFolder(home);
  for (const path of [home.spool, home.logs, home.temporary]) {
    if (!isLink(path)) continue;
    const name = path.slice(home.path.length + 1);
    throw new Error(
      `Cannot use the data folder: ${name} in it is a link; remove it, or move all of the folder`,
    );
  }
}

function isLink(path: string): boolean {
  return ifThere(() => inHome("read", () => Deno.lstatSync(path).isSymlink)) ?? false;
}

function makeFolder(home: Home): void {
  try {
    Deno.mkdirSync(home.path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Deno.errors.PermissionDenied
      ? "permission denied"
      : error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists
      ? "a file is in its place"
      : error instanceof Deno.errors.NotFound
      ? "no folder can be made there"
      : isNoRoom(error)
      ? "the disk is full"
      : error instanceof Error
      ? error.name
      : "unknown";
    throw new Error(`Cannot make the data folder: ${reason}; name another with --home DIR`, {
      cause: error,
    });
  }
}

/**
 * The key of this installation, made at the first call.
 *
 * @returns undefined when there is none and none may be made
 */
export function readKey(home: Home, make: boolean): Uint8Array | undefined {
  const key = readBytes(home.key);
  if (key?.length === KEY_BYTES) return key;
  if (key) {
    throw new Error(
      `Cannot use the key of this installation: install.key has ${key.length} bytes, not ` +
        `${KEY_BYTES}; restore it from a backup, or remove it to begin anew`,
    );
  }
  if (!make) return undefined;
  const made = new Uint8Array(randomBytes(KEY_BYTES));
  const part = `${home.key}.${randomBytes(8).toString("hex")}`;
  try {
    // Whole or not at all: whoever finds the file finds a key in it.
    writePrivateFile(part, made, { createNew: true });
    Deno.linkSync(part, home.key);
    return made;
  } catch (error) {
    // Another process was faster: its key is the key.
    if (error instanceof Deno.errors.AlreadyExists) return readKey(home, false);
    throw error;
  } finally {
    removeIfThere(part);
  }
}

/** By what a key is known without being told: nobody can make the key of it. */
export function keyPrint(key: Uint8Array): string {
  return createHmac("sha256", key).update("blueplane key print").digest("hex").slice(0, 32);
}

/** Puts the key of another installation in the place of the own one. */
export function replaceKey(home: Home, key: Uint8Array): void {
  const part = `${home.key}.${randomBytes(8).toString("hex")}`;
  try {
    writePrivateFile(part, key, { createNew: true });
    Deno.renameSync(part, home.key);
  } finally {
    removeIfThere(part);
  }
}

/** Writes a file that only its owner may read. */
export function writePrivateFile(
  path: string,
  content: Uint8Array | string,
  options: { createNew?: boolean } = {},
): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    Deno.writeFileSync(path, bytes, { mode: 0o600, ...options });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists || !(error instanceof Error)) throw error;
    const closed = asHomeClosed(error, "write to");
    if (closed !== error) throw closed;
    const reason = isNoRoom(error) ? "the disk is full; free some space" : error.name;
    throw new Error(`Cannot write to the data folder: ${reason}`, { cause: error });
  }
}

function readBytes(path: string): Uint8Array | undefined {
  return ifThere(() => inHome("read", () => Deno.readFileSync(path)));
}
