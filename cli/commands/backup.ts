/**
 * `blueplane backup`: all of the data folder in one file.
 *
 * @module
 */

import { formatBytes, formatCounted } from "../../core/format.ts";
import { keyPrint, readKey } from "../../core/home.ts";
import { sealKey } from "../backup/sealed_key.ts";
import { writeBackup } from "../backup/write_backup.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED, UsageError } from "../exit.ts";
import { OutputFile } from "../exports/output_file.ts";
import { interruptible } from "../interruptible.ts";
import type { Io } from "../io.ts";
import { askPassphrase, PassphraseError } from "../passphrase.ts";
import { ProgressBar } from "../progress.ts";
import { readRedisDepth } from "../redis_depth.ts";
import { redisSettings } from "../redis_settings.ts";
import { VERSION } from "../version.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, type Workspace } from "../workspace.ts";

/** Options of the command. */
export interface BackupOptions {
  readonly withKey?: true;
  readonly force?: true;
}

/** Runs the command. */
export async function runBackup(
  io: Io,
  globals: Globals,
  { withKey, force }: BackupOptions,
  path: string,
): Promise<number> {
  const workspace = openWorkspace(io, globals);
  const { home } = workspace;
  const key = readKey(home, false);
  if (withKey && !key) throw new UsageError("Cannot back up the key: there is none yet");
  // Before anybody is asked for a passphrase in vain.
  using file = new OutputFile(path, force === true, "backup");
  let sealed = null;
  try {
    if (withKey && key) sealed = sealKey(key, await askPassphrase(io, true));
  } catch (error) {
    if (error instanceof PassphraseError) return EXIT_INTERRUPTED;
    throw error;
  }
  using bar = new ProgressBar(io);
  const notes = {
    version: VERSION,
    made_at: new Date(io.clock.now()).toISOString(),
    key_print: key ? keyPrint(key) : null,
    sealed_key: sealed,
  };
  const written = await interruptible(
    io,
    (turn) =>
      writeBackup(home, file.partPath, notes, async (done, total) => {
        bar.updateBytes("backing up", done, total);
        await turn();
      }),
  );
  if (!written) return EXIT_INTERRUPTED;
  const { manifest, brokenParts } = written;
  const bytes = file.finish();
  bar[Symbol.dispose]();
  const summary = {
    schema: "blueplane.backup_summary/1",
    files: manifest.files.length,
    content_bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
    bytes,
    with_key: sealed !== null,
    database_schema: manifest.database_schema,
    archive_parts_broken: brokenParts.length,
  };
  if (globals.json) printJson(io, summary);
  else if (!globals.quiet) {
    const key = sealed ? "and its key under the passphrase" : "without its key";
    io.stdout.write(
      `${formatCounted(summary.files, "file")} (${formatBytes(summary.content_bytes)}) ` +
        `backed up in ${formatBytes(bytes)}, ${key}\n`,
    );
  }
  await tellMissing(workspace, brokenParts);
  return 0;
}

/** What nobody finds in the file that might look for it there. */
async function tellMissing(workspace: Workspace, brokenParts: readonly string[]): Promise<void> {
  const { io, globals } = workspace;
  for (const place of brokenParts) {
    io.stderr.write(`warning: Cannot back up ${place}: it is missing or broken\n`);
  }
  if (globals.quiet) return;
  const waiting = (await readRedisDepth(redisSettings(workspace)))?.events ?? 0;
  if (waiting > 0) {
    io.stderr.write(
      `note: ${formatCounted(waiting, "event")} waiting in Redis are not in the file; after ` +
        "blueplane sync they would be\n",
    );
  }
}
