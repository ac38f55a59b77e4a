/**
 * The report of the machinery itself: queues, storage, coverage.
 *
 * @module
 */

import { PRESSURE, type PressureLevel, pressureLevel, worseLevel } from "../back_pressure.ts";
import { type Database, prepareArrays } from "../database.ts";
import { type Coverage, readCoverage } from "./coverage.ts";
import { countDeadLetters } from "./dead_letters_report.ts";

/** What runs, as the caller found it. */
export interface Running {
  readonly pid: number;
  readonly url: string;
  readonly started_at: string;
  /** Whether it reads: one that was told not to only shows. */
  readonly captures: boolean;
  /** What stops its reading now, if anything does; it is tried again. */
  readonly trouble: string | null;
}

/** A capture worker, as the caller found it. */
export interface RunningWorker {
  readonly pid: number;
  /** The label of this machine. */
  readonly machine: string;
  readonly started_at: string;
}

/** The last process that ran in the background, as the caller found it. */
export interface LastRun {
  readonly pid: number;
  readonly started_at: string;
  readonly is_running: boolean;
  /** Null when it runs, or when nobody saw its end. */
  readonly ended_at: string | null;
  /** Null when it runs, was ended by a signal, or when nobody saw its end. */
  readonly exit_code: number | null;
  readonly signal: string | null;
  /** The last error in its log, in our own words. */
  readonly last_error: string | null;
}

/** A machine's share of what is stored, where several capture. */
export interface MachineShare {
  /** A keyed hash of its name; "" for one that told none. */
  readonly machine: string;
  readonly this_machine: boolean;
  readonly files: number;
  readonly lines: number;
  readonly sessions: number;
}

/** The document; `server` is null when none runs. */
export interface StatusReport {
  readonly schema: "blueplane.status/1";
  readonly version: string;
  readonly server: Running | null;
  /** What captures here for another machine; null when nothing does. */
  readonly capture_worker: RunningWorker | null;
  /** Null when nothing ever ran in the background. */
  readonly last_run: LastRun | null;
  readonly broker: "sqlite" | "redis";
  readonly queue: {
    /** Null where Redis cannot be asked. */
    readonly events: number | null;
    readonly changes: number;
    readonly dead_letters: number;
    /** The worse one of both queues. */
    readonly level: PressureLevel | null;
    readonly thresholds: typeof PRESSURE;
  } | null;
  readonly storage: {
    readonly database_bytes: number;
    readonly sessions: number;
    readonly events: number;
    readonly raw_bytes: number;
    readonly compressed_bytes: number;
  } | null;
  readonly coverage: Coverage | null;
  readonly lines:
    | { readonly read: number; readonly malformed: number; readonly unknown: number }
    | null;
  /** Empty where Redis never was on. */
  readonly machines: readonly MachineShare[];
}

/** What the faces may know of raw traces without reading them: sizes that the writer notes. */
export interface StatusQuery {
  readonly version: string;
  readonly server: Running | null;
  readonly worker?: RunningWorker | null;
  readonly lastRun?: LastRun | undefined;
  readonly databaseBytes: number;
  /** The label of this machine. */
  readonly machine?: string;
  /** Given while Redis is on: the events that wait there, null where it cannot be asked. */
  readonly redis?: { readonly events: number | null } | undefined;
}

/** What waits in the queues of the database, and what is stored. */
export interface StoredDepth {
  readonly waiting: number;
  readonly changes: number;
  readonly events: number;
  /** What is to be derived of sessions: one for each of them and each group. */
  readonly underived: number;
}

/** Reads the depths alone, of the queues that are in the database. */
export function readStoredDepth(db: Database): StoredDepth {
  const [waiting, changes, events, underived] = prepareArrays(
    db,
    `select ${depthOf(1)}, ${depthOf(2)}, ifnull((select sum(events) from storage), 0),
       (select count(*) from dirty_sessions)`,
  ).get() as unknown as [number, number, number, number];
  return { waiting, changes, events, underived };
}

/** The events that are stored, by platform. */
export function readStoredEvents(db: Database): ReadonlyMap<string, number> {
  const rows = prepareArrays(
    db,
    "select w.text, s.events from storage s join words w on w.id = s.platform",
  ).all() as unknown as [string, number][];
  return new Map(rows);
}

/** The state of things; without a database only the server's. */
export function reportStatus(db: Database | undefined, query: StatusQuery): StatusReport {
  const { version, server, worker = null } = query;
  const nothing = { queue: null, storage: null, coverage: null, lines: null, machines: [] };
  const base = {
    schema: "blueplane.status/1",
    version,
    server,
    capture_worker: worker,
    last_run: query.lastRun ?? null,
    broker: query.redis ? "redis" : "sqlite",
  } as const;
  if (!db) return { ...base, ...nothing };
  const numbers = (sql: string) => prepareArrays(db, sql).get() as unknown as number[];
  const [embedded = 0, changes = 0] = numbers(`select ${depthOf(1)}, ${depthOf(2)}`);
  const events = query.redis ? query.redis.events : embedded;
  const [sessions] = numbers("select count(*) from sessions where counted = 1");
  const [stored, raw, compressed] = numbers(
    "select ifnull(sum(events), 0), ifnull(sum(raw_bytes), 0), ifnull(sum(bytes), 0) from storage",
  );
  const [lines, malformed, unknown] = numbers(
    `select ifnull(sum(lines), 0), ifnull(sum(lines_malformed), 0),
       ifnull(sum(lines_unknown), 0) from sources`,
  );
  return {
    ...base,
    queue: {
      events,
      changes,
      dead_letters: countDeadLetters(db),
      level: events === null ? null : worseLevel(
        pressureLevel(events, PRESSURE.events),
        pressureLevel(changes, PRESSURE.changes),
      ),
      thresholds: PRESSURE,
    },
    storage: {
      database_bytes: query.databaseBytes,
      sessions: sessions ?? 0,
      events: stored ?? 0,
      raw_bytes: raw ?? 0,
      compressed_bytes: compressed ?? 0,
    },
    coverage: readCoverage(db),
    lines: { read: lines ?? 0, malformed: malformed ?? 0, unknown: unknown ?? 0 },
    machines: machineShares(db, query.machine),
  };
}

function machineShares(db: Database, own: string | undefined): MachineShare[] {
  const rows = prepareArrays(
    db,
    `select machine, count(*), sum(lines), count(distinct session_id) from stored_sources
     where json_extract(mark, '$.transient') is null group by machine order by machine`,
  ).all() as unknown as [string, number, number, number][];
  return rows.map(([machine, files, lines, sessions]) => ({
    machine,
    this_machine: machine === own,
    files,
    lines,
    sessions,
  }));
}

/** What the group that is farthest behind has before it: never handed out, or under lease. */
function depthOf(stream: number): string {
  // Ids have no gaps.
  return `ifnull((select max(max(0, ifnull((select max(id) from stream_entries
        where stream = ${stream}), 0) - g.position)
      + ifnull((select sum(last_id - first_id + 1 - json_array_length(acked))
        from stream_leases where stream = ${stream} and name = g.name), 0))
    from stream_groups g where stream = ${stream}), 0)`;
}
