/**
 * `blueplane restore`: puts a backup in the place of the data folder, whole or not at all.
 *
 * @module
 */

import { openPlain } from "../../core/database.ts";
import { formatBytes, formatCounted } from "../../core/format.ts";
import { type Home, keyPrint, makeHome, readKey, writePrivateFile } from "../../core/home.ts";
import { isThere } from "../../core/if_there.ts";
import { backupFiles, DATABASE_NAME, KEY_NAME } from "../backup/backup_files.ts";
import type { Manifest } from "../backup/manifest.ts";
import { finishRestore, putInPlace } from "../backup/put_in_place.ts";
import { openKey } from "../backup/sealed_key.ts";
import { makeStage } from "../backup/stage.ts";
import { openBackup, unpackBackup } from "../backup/unpack_backup.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED, UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { takeLentTurn } from "../lent_turn.ts";
import { askPassphrase, PassphraseError } from "../passphrase.ts";
import { ProgressBar } from "../progress.ts";
import { findServer } from "../server_file.ts";
import { printJson } from "../with_report.ts";
import { findHome } from "../workspace.ts";

/** Options of the command. */
export interface RestoreOptions {
  readonly withKey?: true;
  readonly force?: true;
  readonly dryRun?: true;
}

/** What becomes of the key: `missing` says that what is restored was made with another one. */
type KeyFate = "restored" | "kept" | "missing" | "none";

/** Runs the command. */
export async function runRestore(
  io: Io,
  globals: Globals,
  options: RestoreOptions,
  path: string,
): Promise<number> {
  // Nothing is asked or made where there is nothing to restore.
  openBackup(path).close();
  const home = findHome(io, globals);
  makeHome(home);
  finishRestore(home);
  using lock = options.dryRun ? undefined : await takeLentTurn({ home, io });
  if (!options.dryRun) {
    if (!lock) throw new Error(await runningText(home));
    refuseToOverwrite(home, options);
  }
  using stage = makeStage(home, "restore", io.clock.now());
  let manifest: Manifest, key: KeyFate;
  {
    using bar = new ProgressBar(io);
    const onBytes = (done: number, total: number) => bar.updateBytes("unpacking", done, total);
    manifest = await unpackBackup(path, stage.path, onBytes);
  }
  try {
    key = await restoreKey(io, home, stage.path, manifest, options);
  } catch (error) {
    if (error instanceof PassphraseError) return EXIT_INTERRUPTED;
    throw error;
  }
  if (!options.dryRun) {
    prepareDatabase(`${stage.path}/${DATABASE_NAME}`, manifest);
    const names = manifest.files.map(({ name }) => name);
    // From here on it is the note that says what becomes of it.
    stage.keep();
    putInPlace(home, stage.name, key === "restored" ? [...names, KEY_NAME] : names);
  }
  tell(io, globals, manifest, key, options.dryRun === true);
  return 0;
}

/** @throws {UsageError} where there is anything that would be lost */
function refuseToOverwrite(home: Home, { force }: RestoreOptions): void {
  if (force) return;
  const there = backupFiles(home.path).filter((name) => name !== "config.schema.json");
  if (there.length === 0 && !isThere(home.database)) return;
  throw new UsageError(
    "Cannot restore: the data folder is not empty; --force replaces what it holds",
  );
}

async function runningText(home: Home): Promise<string> {
  const server = await findServer(home);
  const who = server ? `the server (pid ${server.pid}) runs` : "another blueplane is writing";
  return `Cannot restore: ${who}; stop it first`;
}

async function restoreKey(
  io: Io,
  home: Home,
  stage: string,
  { key_print, sealed_key }: Manifest,
  { withKey }: RestoreOptions,
): Promise<KeyFate> {
  if (key_print === null) return "none";
  if (withKey) {
    if (!sealed_key) {
      throw new UsageError("Cannot restore the key: the backup was made without it");
    }
    const key = openKey(sealed_key, key_print, await askPassphrase(io, false));
    writePrivateFile(`${stage}/${KEY_NAME}`, key, { createNew: true });
    return "restored";
  }
  const own = readKey(home, false);
  return own && keyPrint(own) === key_print ? "kept" : "missing";
}

/**
 * Whoever looks at it before the next one writes finds it with a log, as that one leaves it; an
 * older one may not know yet which key it was made with.
 */
function prepareDatabase(path: string, { key_print, database_schema }: Manifest): void {
  if (database_schema === null) return;
  using db = openPlain(path);
  db.exec("pragma journal_mode = wal");
  if (key_print === null) return;
  db.prepare("insert into made_with (name, value) values ('key', ?) on conflict do nothing")
    .run(key_print);
}

function tell(
  io: Io,
  { json, quiet }: Globals,
  { files, made_at, version, database_schema, sealed_key }: Manifest,
  key: KeyFate,
  dry_run: boolean,
): void {
  const bytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (json) {
    const schema = "blueplane.restore/1";
    const has_key = sealed_key !== null;
    const counts = { files: files.length, bytes };
    printJson(io, {
      schema,
      dry_run,
      made_at,
      version,
      database_schema,
      ...counts,
      has_key,
      key,
    });
  } else if (!quiet) {
    const verb = dry_run ? "The backup is sound:" : "Restored:";
    io.stdout.write(
      `${verb} ${formatCounted(files.length, "file")} (${formatBytes(bytes)}) of ` +
        `${made_at.slice(0, 16).replace("T", " ")} UTC\n`,
    );
  }
  if (key !== "missing" || quiet) return;
  const advice = sealed_key
    ? "--with-key restores it from the backup"
    : "put that install.key into the data folder";
  io.stderr.write(
    "note: the key that this data was made with is not here: reports show what is stored, " +
      `nothing new is read, and projects have no names; ${advice}\n`,
  );
}
