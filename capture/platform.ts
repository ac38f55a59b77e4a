/**
 * What an assistant's platform is to the rest of the house, and what capture gives it to work
 * with. A new assistant is one folder and one line in the registry. What reads what it tells is
 * loaded when it is called: a report over what is stored needs nothing of it.
 *
 * @module
 */

import type { Positions } from "../core/checkpoints.ts";
import type { Clock } from "../core/clock.ts";
import type { TelemetryEvent } from "../core/event.ts";
import type { Finding } from "../core/finding.ts";
import type { Intake } from "../core/intake.ts";
import type { PlatformFacts } from "../core/metrics.ts";
import type { Privacy, SafeText } from "../core/privacy.ts";
import type { Gate } from "./gate.ts";
import type { OtlpRecord } from "./otlp_record.ts";
import type { ExportSettings } from "./export_settings.ts";
import type { HookSettings } from "./hook_settings.ts";
import type { ManagedRule } from "./managed_rule.ts";
import type { StatusSettings } from "./status_settings.ts";
import type { ToolClient } from "./tool_client.ts";

/** What is asked of the system around. */
export interface Environment {
  /** The user's home folder. */
  readonly home: string;
  /** The value of an environment variable. */
  readonly get: (name: string) => string | undefined;
}

/** What a hook's payload is read with. */
export type HookContext = Pick<CaptureContext, "environment" | "privacy" | "gate">;

/** What became of records of an export. */
export interface ExportReading {
  readonly events: readonly TelemetryEvent[];
  /** Those that name no session, or that there is no room for. */
  readonly rejected: number;
}

/** A folder in which a platform may leave its files. */
export interface Root {
  readonly path: string;
  /** Whether the user named it; a default that is missing is no fault. */
  readonly named: boolean;
}

/** What a source works with. */
export interface CaptureContext {
  readonly environment: Environment;
  readonly privacy: Privacy;
  /** Every event passes it before the intake gets it. */
  readonly gate: Gate;
  readonly clock: Clock;
  readonly intake: Intake;
  /** Positions of an earlier run, by the id of the source. */
  readonly checkpoints: Positions;
  /** At least so much time is between two looks at a database that is being written. */
  readonly pollEveryMs: number;
  /** A folder of our own for what must be copied to be read; need not be there. */
  readonly temporary: string;
  /** Tells the user of a file that cannot be read; the path is for their own eyes. */
  readonly onProblem: (problem: string, path: string) => void;
}

/** A file with something new in it. */
export interface Pending {
  readonly path: string;
  readonly bytes: number;
  /** Time of its last change, in milliseconds. */
  readonly modifiedAt: number;
}

/** What reading gave, as `sync --json` tells it. */
export interface ReadTotals {
  files: number;
  bytes: number;
  events: number;
  linesMalformed: number;
  linesUnknown: number;
}

/** What a look at all files gave; the paths are for the eyes of this machine's user. */
export interface SourceInspection {
  readonly files: number;
  readonly unreadable: readonly { readonly path: string; readonly problem: string }[];
  /** How many of those are folders: what is in them is not known. */
  readonly foldersUnreadable: number;
  /** Sessions that were read and of which no file is left; none is known where not all is seen. */
  readonly goneSessions: readonly string[];
}

/** A platform that is being read. */
export interface Source {
  readonly platform: SafeText;
  /** Folders to watch: those that exist. */
  readonly roots: readonly string[];
  /** Looks at every file. */
  scan(): readonly Pending[];
  /** Looks at these files alone. */
  check(paths: readonly string[]): readonly Pending[];
  /** Files known, and those of them that are read to their end. */
  coverage(): { filesDone: number; filesTotal: number };
  /** Files known of which nothing is read. */
  unread(): number;
  /**
   * Reads a file to its end; what is new is on its way then.
   *
   * @param onBytes is told how much of a large file is read so far
   */
  read(
    path: string,
    totals: ReadTotals,
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<void>;
  /** Waits until everything that was read is durable. */
  flush(): Promise<void>;
  /** Goes back to these positions, by the id of the source; what lies behind is read again. */
  rewind(checkpoints: Positions): Promise<void>;
  /** Opens every file and reads none. */
  inspect(): SourceInspection;
}

/** An assistant. */
export interface Platform {
  /** Its name in events, JSON and SQL. */
  readonly id: SafeText;
  /** Its name on screens. */
  readonly label: string;
  /** Its table of raw traces. */
  readonly traceTable: string;
  /** Other ways to write its id. */
  readonly aliases: readonly string[];
  /** What it tells, and where that is read: the sources that the catalogue of metrics names. */
  readonly facts: PlatformFacts;
  /** Words of its own that may be kept as they are: modes, commands, hooks, classes of errors. */
  words(): Promise<ReadonlySet<string>>;
  /** Where its files may be. */
  roots(environment: Environment): readonly Root[];
  /** Every file in which what people and the assistant wrote may stand. */
  contentFiles(environment: Environment): readonly string[];
  /** Examines what is its own to examine, for `doctor`. */
  inspect(environment: Environment): Promise<readonly Finding[]>;
  /** Starts reading. */
  open(context: CaptureContext): Promise<Source>;
  /** Names of projects on this machine by their hash: for its own user's eyes only. */
  projectLabels(environment: Environment, privacy: Privacy): ReadonlyMap<string, string>;
  /** Servers of tools that are switched on for all projects, by their hash; the same holds. */
  toolServers(environment: Environment, privacy: Privacy): ReadonlyMap<string, string>;
  /** Names of MCP tools by their hash, as far as files tell them; the same holds. */
  toolNames(
    environment: Environment,
    privacy: Privacy,
    wanted: ReadonlySet<string>,
  ): ReadonlyMap<string, string>;
  /**
   * Whether a hook's payload bears this assistant's mark: one may run hooks that stand in the
   * settings of another.
   */
  isCaller(payload: unknown): boolean;
  /**
   * The events of what a hook was given; none for what is not known.
   *
   * @param receivedAt milliseconds
   */
  readHook(
    payload: unknown,
    receivedAt: number,
    context: HookContext,
  ): Promise<readonly TelemetryEvent[]>;
  /** Whether a record of an export is of its client. */
  isExporter(record: OtlpRecord): boolean;
  /** The events of what its client exported. */
  readExport(records: readonly OtlpRecord[], context: HookContext): Promise<ExportReading>;
  /** How its settings are made to call us. */
  readonly hooks: HookSettings;
  /** What the machine's administrator lays down against any of it; absent where nobody can. */
  managedRules?(environment: Environment): readonly ManagedRule[];
  /** How it starts servers of tools. */
  readonly toolClient: ToolClient;
  /** How its client is told to ask us for a status line; absent where it has none. */
  readonly status?: StatusSettings;
  /** How its client is told to export to us over OTLP; absent where it exports nothing. */
  readonly exports?: ExportSettings;
}
