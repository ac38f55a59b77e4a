/**
 * What a pipeline can be asked for besides events: a closed list, each with one argument and one
 * answer that can go over a thread's border.
 *
 * @module
 */

import { inTransaction } from "../core/database.ts";
import type { Dropped, LetterChoice, Replayed } from "../core/dead_letters.ts";
import { noteUnread } from "../core/files_found.ts";
import {
  changeInsights,
  type InsightChange,
  type InsightChanged,
} from "../core/insight_choices.ts";
import type { PurgeChoice, Purged } from "../core/purge.ts";
import { noteMadeWith } from "../core/made_with.ts";
import { type ArchiveChoice, archiveInSteps, type ArchivingParts } from "./archiving.ts";
import type { Archived } from "./archiver.ts";
import type { DeadLetters } from "./dead_letters.ts";
import type { FastPath } from "./fast_path.ts";
import type { PurgeRuns } from "./purge_runs.ts";
import { readAgain } from "./read_again.ts";
import { Replay } from "./replay.ts";
import type { Rebuild } from "./rebuild.ts";
import type { Repricing } from "./repricing.ts";
import type { SlowGroups } from "./slow_groups.ts";
import type { Tombstones } from "./tombstones.ts";

/** The commands by name. */
export interface PipelineCommands {
  /** Handles dead letters once more. */
  replay(choice: LetterChoice): Promise<Replayed>;
  /** Removes dead letters. */
  drop(choice: LetterChoice): Promise<Dropped>;
  /** Derives everything again, or one session; undefined when there is no such session. */
  rebuild(what: RebuildChoice): Promise<Rebuild | undefined>;
  /** Takes the text of the user's own price file, if there is one, and prices all anew. */
  changePrices(file: string | undefined): Promise<void>;
  /** Purges events, or tells how much would go; undefined when there is no such session. */
  purge(choice: PurgeChoice): Promise<Purged | undefined>;
  /** Lets what was purged be stored again, and has its sources read from their start. */
  readAgain(what: AgainChoice): Promise<void>;
  /** Moves old events into the archive; undefined when nothing was to be done today. */
  archive(choice: ArchiveChoice): Promise<Archived | undefined>;
  /** Remembers what a person wants to see of insights. */
  changeInsights(change: InsightChange): Promise<InsightChanged>;
  /** Notes what is not captured: the categories with spaces between. */
  noteOff(categories: string): Promise<void>;
  /** Notes how many files were found of which nothing is read. */
  noteUnread(files: number): Promise<void>;
}

/** What is derived again: all, or one session. */
export interface RebuildChoice {
  readonly session?: string;
}

/** What is read again: all, or what one platform left. */
export interface AgainChoice {
  readonly platform?: string;
}

/** Name of a command. */
export type CommandName = keyof PipelineCommands;

/** What a command is given. */
export type CommandArgument<Name extends CommandName> = Parameters<PipelineCommands[Name]>[0];

/** What a command gives. */
export type CommandAnswer<Name extends CommandName> = Awaited<ReturnType<PipelineCommands[Name]>>;

/** What commands work with. */
export interface CommandParts extends ArchivingParts {
  readonly letters: DeadLetters;
  readonly fastPath: FastPath;
  readonly slow: SlowGroups;
  readonly purges: Pick<PurgeRuns, "run">;
  /** Of the database. */
  readonly path: string;
  readonly tombstones: Tombstones;
  /** Forgets what a rolled-back transaction gave out. */
  readonly forget: () => void;
  readonly rebuild: PipelineCommands["rebuild"];
  readonly repricing: Pick<Repricing, "take" | "step">;
}

/** The commands of a pipeline, made of its parts. */
export function pipelineCommands(parts: CommandParts): PipelineCommands {
  const { db, clock, letters, fastPath, slow, repricing, whenFree, giveWay } = parts;
  const store = (bodies: readonly string[]) => fastPath.store(bodies);
  const fold = (group: string, body: string) => slow.fold(group, body);
  return {
    async replay(choice) {
      const replay = new Replay({ ...parts, store, fold }, choice);
      while (await whenFree(() => replay.step())) await giveWay();
      return replay.result;
    },
    rebuild: parts.rebuild,
    async changePrices(file) {
      await whenFree(() => {
        repricing.take(file);
        inTransaction(db, () => slow.pricesChanged());
      });
      while (await whenFree(() => inTransaction(db, () => repricing.step()))) await giveWay();
      await giveWay();
    },
    purge: (choice) => parts.purges.run(choice),
    readAgain: ({ platform }) => whenFree(() => readAgain(parts, platform)),
    archive: (choice) => archiveInSteps(parts, choice),
    drop: (choice) => whenFree(() => ({ dropped: letters.drop(choice) })),
    changeInsights: (change) => whenFree(() => changeInsights(db, change, clock.now())),
    noteOff: (categories) => whenFree(() => noteMadeWith(db, "off", categories)),
    noteUnread: (files) => whenFree(() => noteUnread(db, files)),
  };
}
