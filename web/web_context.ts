/**
 * What the web face is made of: a reader that cannot write, and news of changes.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { EffectiveSetting } from "../core/config.ts";
import type { Database } from "../core/database.ts";
import type { Dropped, LetterChoice, Replayed } from "../core/dead_letters.ts";
import type { ExportFormat, ExportName } from "../core/exported.ts";
import type { InsightChange, InsightChanged } from "../core/insight_choices.ts";
import type { AuditFinding } from "../core/privacy_audit.ts";
import type { EventsTaken, PostedEvent } from "../core/posted_event.ts";
import type { PurgeChoice, Purged } from "../core/purge.ts";
import type { FilesRead } from "../core/reports/coverage.ts";
import type { StatusReport } from "../core/reports/status_report.ts";
import type { ToolServers } from "../core/reports/found_insights.ts";

/** Events of exports while a folder is left out. */
export interface ExportsHeld {
  /** Wait until the folder of their session is known. */
  readonly waiting: number;
  /** Dropped: their sessions were in a folder that is left out. */
  readonly excluded: number;
  /** Dropped: nothing told in time where their sessions were. */
  readonly unknown: number;
}

/**
 * What a request may change: the one way from the web face to what writes. All but `takeHook`
 * throw a `NotReadyError` while there is nobody who could do it.
 */
export interface Commands {
  /**
   * Stores what a hook of a platform was given, and no content of it.
   *
   * @param platform its id
   * @returns once it is durable
   */
  takeHook(platform: string, payload: unknown): Promise<void>;
  /**
   * Stores what a client exported, and no content of it.
   *
   * @param encoding how the body is written
   * @returns the protocol's answer in the same encoding, once it is durable
   * @throws {RequestError} when the body is no such export
   */
  takeExport(
    signal: "logs" | "metrics" | "traces",
    encoding: "json" | "protobuf",
    body: Uint8Array,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Stores events that another program tells, and no content of them.
   *
   * @returns what became of them, once they are durable
   * @throws {RequestError} when one cannot be
   */
  takeEvents(events: readonly PostedEvent[]): Promise<EventsTaken>;
  /** Handles dead letters once more. */
  replay(choice: LetterChoice): Promise<Replayed>;
  /** Removes dead letters. */
  drop(choice: LetterChoice): Promise<Dropped>;
  /** Derives everything again, or one session; undefined when there is no such session. */
  rebuild(choice: { readonly session?: string }): Promise<object | undefined>;
  /** Deletes events everywhere; undefined when there is no such session. */
  purge(choice: PurgeChoice): Promise<Purged | undefined>;
  /** Moves events earlier than a moment, in milliseconds, into the archive. */
  archive(choice: { readonly before: number }): Promise<object | undefined>;
  /** Remembers what a person wants to see of insights. */
  changeInsights(change: InsightChange): Promise<InsightChanged>;
}

/** What is to be exported: the options of the command by their names. */
export interface ExportRequest {
  readonly what: ExportName;
  readonly format: ExportFormat;
  readonly anonymize: boolean;
  /** Filters and periods as they were given. */
  readonly options: Readonly<Record<string, string | undefined>>;
}

/** A file that is sent and then gone. */
export interface ExportedFile {
  readonly bytes: number;
  readonly body: ReadableStream<Uint8Array>;
}

/** What the audit of privacy found. */
export interface Audited {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly clean: boolean;
  readonly findings: readonly AuditFinding[];
  /** Files and keys of which every byte was looked at, and events in compressed blocks. */
  readonly places: number;
  readonly bytes: number;
  readonly events: number;
  /** Pieces of what stands in the assistants' own files, that were looked for. */
  readonly ownWords: number;
}

/** What pages, API and live updates work with. */
export interface WebContext {
  readonly db: Database;
  readonly commands: Commands;
  readonly clock: Clock;
  readonly version: string;
  readonly pid: number;
  /** What is asked of whoever reads; undefined where nothing is. */
  readonly token?: string | undefined;
  /** By what who shares the key of the home sees that it is this process that answers. */
  proofOf?(challenge: string): string | undefined;
  /** Names of projects by their hash, for this machine's user. */
  labels(): ReadonlyMap<string, string>;
  /** Names of servers of tools that are switched on, for the same. */
  toolServers(): ToolServers;
  /** Names of tools of servers by their hash, for the same; the wanted ones are looked for. */
  toolNames(wanted: ReadonlySet<string>): ReadonlyMap<string, string>;
  /** The files that were read, where that is known better than the database tells. */
  coverage(): FilesRead | undefined;
  /** What stops the reading now; it is tried again. */
  trouble(): string | undefined;
  /** What of exports waits, or was dropped, because of folders that are left out. */
  exportsHeld?(): ExportsHeld;
  /** What is not captured, as its user wants; absent where nobody says so. */
  captureNote?(): string | undefined;
  /** Other spellings of a platform's name become its id; undefined if there is none. */
  platformId(name: string): string | undefined;
  /** What people call a platform, by its id. */
  platformName(id: string): string;
  /** What runs, what is stored, and what waits. */
  status(): Promise<StatusReport>;
  /** The settings with where each comes from; of a secret one only whether it is set. */
  settings(): readonly EffectiveSetting[];
  /** The audit of privacy, as the command does it. */
  readonly audit: {
    /** Undefined before the first look. */
    readonly last: Audited | undefined;
    /** @throws {NotReadyError} while it looks */
    run(): Promise<Audited>;
  };
  /** Makes an export as the command does. @throws {NotReadyError} while another one is made */
  exportFile(request: ExportRequest): Promise<ExportedFile>;
  /** Calls back whenever derived data changed. */
  onChange(listener: () => void): Disposable;
}
