/**
 * Waits until a server has read and counted all that was there when it was asked to.
 *
 * @module
 */

import type { Pending, Platform, Source } from "../capture/platform.ts";
import { withoutUnreadable } from "../capture/source_inspection.ts";
import { ifThere } from "../core/if_there.ts";
import { isCounted } from "../core/reports/counted.ts";
import { readStoredDepth } from "../core/reports/status_report.ts";
import { StoredPositions } from "../core/stored_positions.ts";
import { HomeReader } from "./home_reader.ts";
import { openSources } from "./open_sources.ts";
import { ProgressBar } from "./progress.ts";
import { findServer, type FoundServer, NO_CAPTURE } from "./server_file.ts";
import type { Workspace } from "./workspace.ts";

const LOOK_EVERY_MS = 250;
/** A server looks at every file twice a minute, and at databases at each poll besides. */
const STANDSTILL_MS = 60_000;
/** Nothing is handed over: the server does that. */
const NOWHERE = { accept: () => Promise.resolve() };

/** What is awaited. */
export interface Awaited {
  readonly platform?: Platform | undefined;
  /** Milliseconds: files that were changed before are not waited for. */
  readonly changedSince?: number | undefined;
  readonly signal: AbortSignal;
}

/** A file with something that is to be read, up to its end at the first look. */
interface Left extends Pending {
  readonly end: number;
}

/**
 * Resolves when it is so, when the signal is aborted, and where something stops the server.
 *
 * @param place names the server
 * @returns whether there was anything to wait for
 * @throws {Error} when the server ends meanwhile, or does nothing
 */
export async function awaitServer(
  workspace: Workspace,
  place: string,
  { platform, changedSince = -Infinity, signal }: Awaited,
): Promise<boolean> {
  const { io, config, globals } = workspace;
  using reader = new HomeReader(workspace, "once");
  using bar = new ProgressBar(io);
  const sources = await openSources(workspace, NOWHERE, undefined, platform);
  const startedAt = io.clock.now();
  const first = (await look(sources, reader))
    .flatMap(([source, pending]) => withoutUnreadable(pending, source.inspect()))
    .filter(({ modifiedAt }) => modifiedAt >= changedSince);
  const sum = (files: readonly Pending[]) => files.reduce((all, { bytes }) => all + bytes, 0);
  let left: readonly Left[] = first.map((file) => ({ ...file, end: sizeOf(file.path) }));
  let stood = "", stoodSince = startedAt, hasWaited = false;
  while (!signal.aborted && !isDone(reader, left) && await canRead(workspace, place, left)) {
    hasWaited = true;
    const now = io.clock.now(), stand = standOf(reader, left);
    if (stand !== stood) [stood, stoodSince] = [stand, now];
    else if (now - stoodSince > STANDSTILL_MS + config.pollSeconds * 1000) {
      // What is written all the time is never read to its end.
      if (left.length > 0 && left.every(({ modifiedAt }) => modifiedAt > startedAt)) break;
      throw new Error(
        `Cannot sync: the server ${place} has read nothing for a while; blueplane doctor and ` +
          "blueplane logs may say why",
      );
    }
    if (!globals.quiet) {
      const [bytesTotal, filesTotal] = [sum(first), first.length];
      const [bytesDone, filesDone] = [bytesTotal - sum(left), filesTotal - left.length];
      bar.update({ bytesDone, bytesTotal, filesDone, filesTotal });
    }
    await io.clock.sleep(LOOK_EVERY_MS, signal);
    left = await stillLeft(left, sources, reader);
  }
  return hasWaited;
}

/** @returns whether nothing stops it */
async function canRead(
  { home, gate }: Workspace,
  place: string,
  left: readonly Left[],
): Promise<boolean> {
  const server: FoundServer | undefined = await findServer(home);
  if (server?.captures === false && left.length > 0) {
    throw new Error(
      `Cannot sync: the server ${place} reads nothing (${NO_CAPTURE}); blueplane stop ends it`,
    );
  }
  if (server) return server.trouble === undefined && !gate.isPaused;
  throw new Error(
    `Cannot sync: the server ${place} ended before everything was read; try again`,
  );
}

function isDone({ db }: HomeReader, left: readonly Left[]): boolean {
  return left.length === 0 && (db === undefined || isCounted(db));
}

/** Another one whenever the server has done anything. */
function standOf({ db }: HomeReader, left: readonly Left[]): string {
  return JSON.stringify([left.map(({ bytes }) => bytes), db ? readStoredDepth(db) : null]);
}

async function look(
  sources: readonly Source[],
  { db }: HomeReader,
): Promise<(readonly [Source, readonly Pending[]])[]> {
  for (const source of sources) {
    await source.rewind(db ? new StoredPositions(source.platform, db) : new Map());
  }
  return sources.map((source) => [source, source.scan()] as const);
}

async function stillLeft(
  left: readonly Left[],
  sources: readonly Source[],
  reader: HomeReader,
): Promise<readonly Left[]> {
  // Before the look: what is appended meanwhile is not counted as read.
  const sizes = new Map(left.map(({ path }) => [path, sizeOf(path)]));
  const pending = new Map(
    (await look(sources, reader)).flatMap(([_, files]) => files).map((file) => [file.path, file]),
  );
  return left.flatMap(({ path, end }) => {
    const file = pending.get(path);
    return file && sizes.get(path)! - file.bytes < end ? [{ ...file, end }] : [];
  });
}

function sizeOf(path: string): number {
  return ifThere(() => Deno.statSync(path).size) ?? 0;
}
