/**
 * Opens all that is read of a home: the sources of the platforms, and the spool.
 *
 * @module
 */

import type { Platform, Source } from "../capture/platform.ts";
import { PLATFORMS } from "../capture/registry.ts";
import { SPOOL_ID, SpoolSource } from "../capture/spool_source.ts";
import type { Database } from "../core/database.ts";
import type { Intake } from "../core/intake.ts";
import { StoredPositions } from "../core/stored_positions.ts";
import type { Workspace } from "./workspace.ts";

/** Everything that is read. */
export type Sources = readonly Source[];

/**
 * The sources of all platforms, or of one, handing over to `intake`.
 *
 * @param storedPosition for a queue that can be lost: how far a source is stored
 */
export async function openSources(
  workspace: Workspace,
  intake: Intake,
  reader: Database | undefined,
  platform?: Platform,
  storedPosition?: (id: string) => Promise<number>,
): Promise<Sources> {
  const { io, environment, privacy, gate, home, config } = workspace;
  const shared = {
    clock: io.clock,
    gate,
    intake,
    onProblem: (problem: string, path: string) =>
      io.stderr.write(`warning: ${problem} (${path})\n`),
  };
  const platforms = PLATFORMS.filter((known) => platform === undefined || known === platform);
  return [
    new SpoolSource({
      ...shared,
      folder: home.spool,
      storedPosition: storedPosition && (() => storedPosition(SPOOL_ID)),
    }),
    ...await Promise.all(platforms.map((known) =>
      known.open({
        ...shared,
        environment,
        privacy,
        pollEveryMs: config.pollSeconds * 1000,
        temporary: home.temporary,
        checkpoints: reader ? new StoredPositions(known.id, reader) : new Map(),
      })
    )),
  ];
}
