/**
 * Capture of all that is on this machine, as a server and a capture worker have it.
 *
 * @module
 */

import { Capture } from "../capture/capture.ts";
import { makeSpool } from "../capture/spool.ts";
import { readCheckpoints } from "../core/checkpoints.ts";
import type { Database } from "../core/database.ts";
import { readOff } from "../core/reports/off.ts";
import { readUnread } from "../core/files_found.ts";
import type { Intake } from "../core/intake.ts";
import type { ProgressBar } from "./progress.ts";
import type { Trouble } from "./trouble.ts";
import { openSources } from "./open_sources.ts";
import type { Workspace } from "./workspace.ts";

/** What it works with. */
export interface CaptureParts {
  readonly intake: Intake & { rewound(): Promise<void> };
  readonly db: Database;
  /** Notes how many files were found of which nothing is read. */
  readonly noteUnread: (files: number) => Promise<unknown>;
  readonly bar: ProgressBar;
  readonly trouble: Trouble;
  /** Notes what is not captured, where it is not noted so. */
  readonly noteOff?: (categories: string) => Promise<unknown>;
  /** How far a source is stored; given where the queue can be lost. */
  readonly storedPosition?: ((id: string) => Promise<number>) | undefined;
}

/** Opens all sources; nothing is read yet. */
export async function openCapture(
  workspace: Workspace,
  parts: CaptureParts,
): Promise<Capture> {
  const { io, globals, home, config } = workspace;
  const { intake, db, bar, trouble, storedPosition, noteUnread, noteOff } = parts;
  // It is watched from the start, so that the first hook ever is seen at once.
  makeSpool(home.spool);
  return new Capture({
    sources: await openSources(workspace, intake, db, undefined, storedPosition),
    clock: io.clock,
    beforeLook: async () => {
      const off = workspace.gate.choices.off.join(" ");
      if (noteOff && off !== readOff(db).join(" ")) await noteOff(off);
    },
    isPaused: () => workspace.gate.isPaused,
    pollEveryMs: config.pollSeconds * 1000,
    recovery: storedPosition && {
      intake,
      checkpoints: (platform) => readCheckpoints(db, platform),
      onRewound: () => intake.rewound(),
    },
    unread: { known: readUnread(db), note: noteUnread },
    onProgress: (progress) => globals.quiet || bar.update(progress),
    onTrouble: (error) => trouble.tell("reading", error),
    onRecovered: () => trouble.end("reading"),
  });
}
