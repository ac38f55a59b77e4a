/**
 * What an assistant counts itself: absolute numbers, told again and again as they grow. Nothing of
 * them is ever added up with another telling of the same: the greatest holds, or the latest.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";
import type { EventType, TelemetryEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import {
  COMMIT_COUNTS,
  DAILY_COUNTS,
  HUNK_COUNTS,
  SESSION_GAUGES,
} from "../../core/session_counts.ts";
import type { Words } from "../../core/words.ts";
import { ClientStateTable } from "./client_state_table.ts";
import { LimitTable } from "./limit_table.ts";
import { toldCount, toldText } from "./told.ts";

/** A table of counts, by what the key of a telling is made. */
interface Counted {
  readonly put: Statement;
  readonly counts: readonly string[];
  readonly key: (event: TelemetryEvent) => string;
  readonly words: readonly string[];
}

/** Writes the tables of what assistants count. */
export class AbsoluteCounts {
  readonly #words: Words;
  readonly #limits: LimitTable;
  readonly #states: ClientStateTable;
  readonly #putGauge: Statement;
  readonly #putMode: Statement;
  readonly #tables: ReadonlyMap<EventType, Counted>;

  constructor(db: Database, words: Words) {
    this.#words = words;
    this.#limits = new LimitTable(db, words);
    this.#states = new ClientStateTable(db);
    this.#putGauge = db.prepare(
      `insert into session_gauges (session, name, at, last, greatest) values (?1, ?2, ?3, ?4, ?4)
       on conflict do update set
         last = case when excluded.at > at then excluded.last
           when excluded.at = at then max(last, excluded.last) else last end,
         at = max(at, excluded.at), greatest = max(greatest, excluded.greatest)`,
    );
    this.#putMode = db.prepare(
      "insert into session_modes (session, mode) values (?, ?) on conflict do nothing",
    );
    const day = ({ platform, timestamp }: TelemetryEvent) => `${platform} ${timestamp}`;
    const commit = (event: TelemetryEvent) => toldText(event, "commit", event.eventId);
    const review = (event: TelemetryEvent) => toldText(event, "review_id", event.eventId);
    this.#tables = new Map<EventType, Counted>([
      ["daily_lines", table(db, "daily_lines", DAILY_COUNTS, day)],
      ["scored_commit", table(db, "scored_commits", COMMIT_COUNTS, commit)],
      ["hunks_reviewed", table(db, "reviewed_hunks", HUNK_COUNTS, review)],
      ["tracked_lines", table(db, "tracked_lines", ["lines"], trackedKey, TRACKED_WORDS)],
    ]);
  }

  /** Keeps what an event tells, if it is one of these; the caller holds the transaction. */
  tell(session: number, event: TelemetryEvent): void {
    if (event.eventType === "status_seen") {
      this.#limits.tell(event);
      this.#states.tell(session, event);
    }
    if (STATES.has(event.eventType)) return this.#tellState(session, event);
    const found = this.#tables.get(event.eventType);
    if (!found) return;
    const { put, counts, key, words } = found;
    put.run(
      factKey(`${event.eventType} ${key(event)}`),
      session,
      event.timestamp,
      ...words.map((name) => this.#words.number(toldText(event, name))),
      ...counts.map((name) => toldCount(event, name)),
    );
  }

  #tellState(session: number, event: TelemetryEvent): void {
    const { payload, timestamp } = event;
    for (const name of SESSION_GAUGES) {
      if (typeof payload[name] !== "number") continue;
      const value = toldCount(event, name);
      this.#putGauge.run(session, this.#words.number(name), timestamp, value);
    }
    if (typeof payload.mode === "string") {
      this.#putMode.run(session, this.#words.number(payload.mode));
    }
  }
}

/** Both tell of a session how it stands at a moment. */
const STATES: ReadonlySet<EventType> = new Set<EventType>(["session_state", "status_seen"]);

/** Columns of `tracked_lines` that are words: of the event `source` and `file_extension`. */
const TRACKED_WORDS = ["source", "file_extension"] as const;
const COLUMN_OF: Readonly<Record<string, string>> = { file_extension: "extension" };

/** Lines of one request, of one source and one kind of file, are told anew as they grow. */
function trackedKey(event: TelemetryEvent): string {
  const parts = [...TRACKED_WORDS, "request_id"].map((name) => toldText(event, name, ""));
  return [event.platform, event.sessionId, ...parts].join(" ");
}

function table(
  db: Database,
  name: string,
  counts: readonly string[],
  key: Counted["key"],
  words: readonly string[] = [],
): Counted {
  const columns = [...words.map((word) => COLUMN_OF[word] ?? word), ...counts];
  const places = columns.map(() => "?").join(", ");
  // Which session tells it, and when, is that of the earliest moment told, whoever came first.
  const put = db.prepare(
    `insert into ${name} (key, session, at, ${columns.join(", ")})
     values (?, ?, ?, ${places}) on conflict do update set at = min(at, excluded.at),
       ${counts.map((count) => `${count} = max(${count}, excluded.${count})`).join(", ")}`,
  );
  return { put, counts, key, words };
}
