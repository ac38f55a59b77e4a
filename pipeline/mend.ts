/**
 * Makes a new database in the place of one that is damaged, or gone: of all events that can be
 * read in it and in the archive, and of what a person chose. What sources still tell is read again
 * by whoever reads next, as the new one knows of no source; event keys make that harmless.
 *
 * @module
 */

import { type Database, inTransaction, isFile, prepareArrays } from "../core/database.ts";
import { removeIfThere } from "../core/if_there.ts";
import { openWriter } from "../core/open_writer.ts";
import { encodeEvent, type TelemetryEvent } from "../core/event.ts";
import { madeWith, noteMadeWith } from "../core/made_with.ts";
import { systemClock } from "../core/clock.ts";
import { Words } from "../core/words.ts";
import { adoptArchive, type Adopted } from "./archive_adopt.ts";
import { archiveBeside } from "./archive_parts.ts";
import { endMending } from "./damage.ts";
import { keepPurged, purgedBeside } from "./purged_file.ts";
import { beginRebuild } from "./rebuild.ts";
import { Salvage } from "./salvage.ts";
import { encodeChange } from "./slow_path.ts";
import { SqliteBroker } from "./sqlite_broker.ts";
import { TraceStore, type TraceTables } from "./trace_store.ts";

/** What became of a damaged database. */
export interface Mended {
  /** The name of the file that it is now. */
  readonly aside: string;
  /** Events that were read in it. */
  readonly events: number;
  readonly archive: Adopted;
  /** Sessions that it knew of, where that can still be read. */
  readonly sessionsKnown: number | undefined;
  /** Sessions of which some event is left: of those that it knew of, where that can be read. */
  readonly sessionsLeft: number;
  /** Whether it is known what was purged; else that may be read again. */
  readonly isPurgedKnown: boolean;
}

type Row = Readonly<Record<string, unknown>>;

const BATCH_MAX = 100;

/**
 * Puts a new database in the place of a damaged one, which stays beside it. Killed anywhere, it
 * is begun again, or ended by {@linkcode endMending}. The caller holds the lock.
 *
 * @param now milliseconds since 1970 UTC
 */
export function mendDatabase(path: string, tables: TraceTables, now: number): Mended {
  const made = `${path}.mending`;
  for (const end of ["", "-wal", "-shm"]) removeIfThere(made + end);
  const mended = makeAnew(path, made, tables, now);
  const aside = `${path}.damaged-${new Date(now).toISOString().replaceAll(":", "-")}`;
  // The log first: without it the damaged one is still that, and with it no new one begins.
  if (isFile(path)) {
    if (isFile(`${path}-wal`)) Deno.renameSync(`${path}-wal`, `${aside}-wal`);
    Deno.renameSync(path, aside);
  }
  for (const end of ["-wal", "-shm"]) removeIfThere(path + end);
  endMending(path);
  return { ...mended, aside: aside.slice(aside.lastIndexOf("/") + 1) };
}

function makeAnew(
  path: string,
  made: string,
  tables: TraceTables,
  now: number,
): Omit<Mended, "aside"> {
  using db = openWriter(made);
  using salvage = new Salvage(path);
  const words = new Words(db);
  const traces = new TraceStore(db, words, tables);
  const archive = adoptArchive({ db, words, traces, folder: archiveBeside(path) });
  const events = saveEvents(db, traces, salvage);
  const sessionsKnown = salvage.number("select count(*) from sessions where counted = 1");
  saveChoices(db, words, salvage);
  const isPurgedKnown = savePurged(db, words, salvage, purgedBeside(path), now);
  const changes = new SqliteBroker({
    db,
    clock: systemClock,
    stream: "cdc:events",
    group: "metrics",
  });
  inTransaction(db, () => {
    beginRebuild(
      db,
      traces.tables,
      (blocks) => changes.append(blocks.map(([id, count]) => encodeChange(id, count))),
    );
    noteMadeWith(db, "mended", `${now} ${sessionsKnown ?? -1}`);
  });
  const sessionsLeft = countLeft(db, sessionsKnown === undefined ? undefined : salvage);
  // It is moved as one file: nothing of it may stand in a log.
  const { journal_mode } = db.prepare("pragma journal_mode = delete").get() as Row;
  if (journal_mode !== "delete") {
    throw new Error("Cannot mend the database: something else has opened it");
  }
  // Whoever looks at it before the next one writes finds it as that one leaves it.
  db.exec("pragma journal_mode = wal");
  return { events, archive, sessionsKnown, sessionsLeft, isPurgedKnown };
}

/** Sessions of the new one, of those that the old one counted: it knows others, too. */
function countLeft(db: Database, old: Salvage | undefined): number {
  const sql = "select w.text, s.session_id from sessions s join words w on w.id = s.platform";
  const left = prepareArrays(db, sql).all() as unknown as [string, string][];
  if (!old) return left.length;
  const counted = new Set(
    old.rows(`${sql} where s.counted = 1`, "s.id").map((name) => name.join(" ")),
  );
  return left.filter((name) => counted.has(name.join(" "))).length;
}

function saveEvents(db: Database, traces: TraceStore, salvage: Salvage): number {
  let saved = 0;
  const save = (events: readonly TelemetryEvent[]) => {
    const known = events.filter(({ platform }) => traces.hasTable(platform));
    const encoded = known.map((event) => ({ event, json: encodeEvent(event) }));
    const stored = inTransaction(db, () => traces.append(encoded));
    saved += stored.reduce((sum, { events }) => sum + events.length, 0);
  };
  for (const events of salvage.blocks()) save(events);
  let batch: TelemetryEvent[] = [];
  for (const event of salvage.waiting()) {
    batch.push(event);
    if (batch.length < BATCH_MAX) continue;
    save(batch);
    batch = [];
  }
  save(batch);
  return saved;
}

/** Takes rows over as they are. */
function copyRows(
  db: Database,
  salvage: Salvage,
  table: string,
  columns: string,
  key: string,
): void {
  const marks = columns.split(", ").map(() => "?").join(", ");
  const add = db.prepare(`insert or ignore into ${table} (${columns}) values (${marks})`);
  for (const row of salvage.rows(`select ${columns} from ${table}`, key)) {
    add.run(...row as string[]);
  }
}

/** What no source tells again. */
function saveChoices(db: Database, words: Words, salvage: Salvage): void {
  inTransaction(db, () => {
    copyRows(db, salvage, "insight_dismissals", "id, severity, sessions, at", "id");
    copyRows(db, salvage, "insight_mutes", "kind, at", "kind");
    const add = db.prepare("insert or ignore into limit_uses values (?, ?, ?, ?, ?, ?)");
    const limits = salvage.rows(
      `select p.text, n.text, resets_at, used, first_at, last_at from limit_uses
       join words p on p.id = platform join words n on n.id = name`,
      "last_at",
    );
    for (const [platform, name, ...numbers] of limits) {
      const known = [platform, name].map((text) => words.number(String(text)));
      add.run(...known, ...numbers as number[]);
    }
    for (const [key] of salvage.rows("select value from made_with where name = 'key'", "value")) {
      noteMadeWith(db, "key", String(key));
    }
  });
}

/**
 * What was purged stays away, though its transcript is still there, and a purge that is under way
 * goes on.
 *
 * @returns whether its file, if there is one, could be read
 */
function savePurged(
  db: Database,
  words: Words,
  salvage: Salvage,
  file: string,
  now: number,
): boolean {
  inTransaction(db, () => {
    copyRows(db, salvage, "tombstones", "platform, session, until_at", "session");
    copyRows(db, salvage, "tombstone_events", "key, platform", "key");
    copyRows(db, salvage, "purges", "id, events, events_done, limits_from, limits_to", "id");
    const add = db.prepare(
      `insert or ignore into purge_sessions (session, cut_at)
       select id, ? from sessions where platform = ? and session_id = ?`,
    );
    const sessions = salvage.rows(
      `select p.cut_at, w.text, s.session_id from purge_sessions p
       join sessions s on s.id = p.session join words w on w.id = s.platform`,
      "p.session",
    );
    for (const [cutAt, platform, id] of sessions) {
      add.run(Number(cutAt), words.number(String(platform)), String(id));
    }
  });
  return keepPurged(db, file, now);
}

/** When the database was made anew, and how many sessions the one before knew of. */
export function readMended(db: Database): { at: number; sessionsKnown: number | null } | null {
  const [at, known] = madeWith(db, "mended")?.split(" ").map(Number) ?? [];
  if (at === undefined || known === undefined) return null;
  return { at, sessionsKnown: known < 0 ? null : known };
}
