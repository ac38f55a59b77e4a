/**
 * What a person wants to see of insights: what may be asked for, and what is remembered of it.
 *
 * @module
 */

import { type Database, prepareArrays } from "./database.ts";
import { INSIGHT_KINDS } from "./insight_kinds.ts";
import { SEVERITIES, type Severity } from "./insight_rule.ts";

/** A finding as it was when it was dismissed. */
export interface Dismissal {
  readonly id: string;
  readonly severity: Severity;
  /** In how many sessions it was found. */
  readonly sessions: number;
}

/** What is changed: a finding by its id, or a kind by its name. */
export type InsightChange =
  | { readonly dismiss: Dismissal }
  | { readonly restore: string }
  | { readonly mute: string }
  | { readonly unmute: string };

/** Whether it was not so before. */
export interface InsightChanged {
  readonly changed: boolean;
}

/** What is remembered. */
export interface InsightChoices {
  readonly dismissed: ReadonlyMap<string, Dismissal>;
  readonly muted: ReadonlySet<string>;
}

/** A dismissed one comes back when it was found in twice as many sessions, and so many more. */
const MORE_SESSIONS_MIN = 3;

const ID_SHAPE = /^[0-9a-f]{8}$/;

/** Reads a change that came from outside; undefined where it is none. */
export function readInsightChange(json: unknown): InsightChange | undefined {
  const entries = Object.entries((json ?? {}) as Record<string, unknown>);
  const [name, value] = entries[0] ?? [];
  if (entries.length !== 1) return undefined;
  const isKind = INSIGHT_KINDS.some((kind) => kind.name === value);
  if (name === "mute" && isKind) return { mute: value as string };
  if (name === "unmute" && isKind) return { unmute: value as string };
  if (name === "restore" && isId(value)) return { restore: value };
  if (name !== "dismiss") return undefined;
  const { id, severity, sessions } = (value ?? {}) as Record<string, unknown>;
  const isWhole = isId(id) && SEVERITIES.includes(severity as Severity) &&
    Number.isSafeInteger(sessions) && (sessions as number) > 0;
  if (!isWhole) return undefined;
  return { dismiss: { id, severity: severity as Severity, sessions: sessions as number } };
}

/** All that is remembered. */
export function readInsightChoices(db: Database): InsightChoices {
  const rows = prepareArrays(db, "select id, severity, sessions from insight_dismissals").all();
  const dismissals = (rows as unknown as [string, number, number][]).map((row) => {
    const [id, severity, sessions] = row;
    return [id, { id, severity: SEVERITIES[severity] ?? "high", sessions }] as const;
  });
  const muted = prepareArrays(db, "select kind from insight_mutes").all() as unknown as [
    string,
  ][];
  return { dismissed: new Map(dismissals), muted: new Set(muted.map(([kind]) => kind)) };
}

/** Whether a finding got clearly worse since it was dismissed. */
export function isWorse(now: Dismissal, then: Dismissal): boolean {
  const more = now.sessions - then.sessions;
  return SEVERITIES.indexOf(now.severity) > SEVERITIES.indexOf(then.severity) ||
    more >= MORE_SESSIONS_MIN && now.sessions >= 2 * then.sessions;
}

/** Remembers a change; only the writer can. */
export function changeInsights(db: Database, change: InsightChange, now: number): InsightChanged {
  const run = (sql: string, ...values: (string | number)[]) => ({
    changed: Number(db.prepare(sql).run(...values).changes) > 0,
  });
  if ("dismiss" in change) {
    const { id, severity, sessions } = change.dismiss;
    return run(
      `insert into insight_dismissals (id, severity, sessions, at) values (?, ?, ?, ?)
       on conflict do update set severity = excluded.severity, sessions = excluded.sessions,
         at = excluded.at`,
      id,
      SEVERITIES.indexOf(severity),
      sessions,
      now,
    );
  }
  if ("restore" in change) {
    return run("delete from insight_dismissals where id = ?", change.restore);
  }
  return "mute" in change
    ? run("insert or ignore into insight_mutes (kind, at) values (?, ?)", change.mute, now)
    : run("delete from insight_mutes where kind = ?", change.unmute);
}

function isId(value: unknown): value is string {
  return typeof value === "string" && ID_SHAPE.test(value);
}
