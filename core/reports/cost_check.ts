/**
 * Our tokens and cost against those that the assistant's own client wrote down, over the sessions
 * of which its totals and our events speak of the same.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import type { Finding } from "../finding.ts";
import { formatShare } from "../format.ts";

const TOKENS = ["input", "output", "cache_read", "cache_creation"] as const;
/** At `/clear` lines come a little before the totals' own start, at an exit some behind them. */
const SLACK_MS = 2000;
const MICROS_A_DOLLAR = 1_000_000;

/** Tokens of one model, or of all. */
export type Tokens = Readonly<Record<typeof TOKENS[number], number>>;

/** Both sides; `ours` is null where we know no cost. */
export interface CostCheck {
  /** Sessions of which the client told its totals. */
  readonly sessions: number;
  readonly sessions_compared: number;
  /** Forks and what they are of: their totals hold each other's. */
  readonly sessions_forked: number;
  /** Sessions that began before the totals did, as after a kill, or went on behind them. */
  readonly sessions_partial: number;
  /** Sessions of which we count more than the client does. */
  readonly sessions_exceeding: number;
  readonly models: readonly {
    readonly model: string;
    readonly ours: Tokens;
    readonly theirs: Tokens;
  }[];
  readonly cost_usd: { readonly ours: number | null; readonly theirs: number };
}

type Row = [session: number, model: string, ...tokens: [number, number, number, number]];

/** Compares; the sessions that cannot be compared are counted apart. */
export function checkCosts(db: Database): CostCheck {
  const states = readStates(db);
  const compared = new Set(
    states.filter(({ forked, partial }) => !forked && !partial).map(({ session }) => session),
  );
  const of = (rows: readonly Row[]) => rows.filter(([session]) => compared.has(session));
  const ours = of(rowsOf(db, "model_sums", "member", TOKENS, "tier = 0 and bucket = 0"));
  const theirs = of(rowsOf(db, "cost_state_models", "model", TOKENS.map((n) => `${n}_tokens`)));
  const ourSums = sumBy(ours, ([session]) => session);
  const theirSums = sumBy(theirs, ([session]) => session);
  const none = [0, 0, 0, 0];
  const exceeding = [...ourSums].filter(([session, sums]) =>
    sums.some((sum, i) => sum > (theirSums.get(session) ?? none)[i]!)
  );
  const ourModels = sumBy(ours, ([, model]) => model);
  const theirModels = sumBy(theirs, ([, model]) => model);
  const theirCost = states.filter(({ session }) => compared.has(session))
    .reduce((sum, { costMicros }) => sum + costMicros, 0);
  return {
    sessions: states.length,
    sessions_compared: compared.size,
    sessions_forked: states.filter(({ forked }) => forked).length,
    sessions_partial: states.filter(({ forked, partial }) => partial && !forked).length,
    sessions_exceeding: exceeding.length,
    models: [...new Set([...theirModels.keys(), ...ourModels.keys()])].sort().map((model) => ({
      model: String(model),
      ours: tokensOf(ourModels.get(model) ?? none),
      theirs: tokensOf(theirModels.get(model) ?? none),
    })),
    cost_usd: { ours: ourCost(db, compared), theirs: theirCost / MICROS_A_DOLLAR },
  };
}

/** What the comparison says; undefined where no client told its totals. */
export function costFinding(check: CostCheck): Finding | undefined {
  if (check.sessions === 0) return undefined;
  const { sessions, sessions_compared, sessions_exceeding, cost_usd, models } = check;
  const sum = (side: "ours" | "theirs") =>
    models.reduce((all, model) => all + TOKENS.reduce((some, n) => some + model[side][n], 0), 0);
  const ours = sum("ours"), theirs = sum("theirs");
  const numbers = {
    sessions,
    sessions_compared,
    sessions_forked: check.sessions_forked,
    sessions_partial: check.sessions_partial,
    sessions_exceeding,
    tokens_ours: ours,
    tokens_theirs: theirs,
    cost_ours_usd: cost_usd.ours,
    cost_theirs_usd: cost_usd.theirs,
  };
  if (sessions_compared === 0) {
    const title = "The client's own totals cannot be compared: all are of forks or of parts";
    return { id: "client_totals", severity: "note", title, numbers };
  }
  if (sessions_exceeding > 0) {
    return {
      id: "client_totals",
      severity: "warning",
      title: `In ${sessions_exceeding} of ${sessions_compared} sessions more tokens are ` +
        "counted than the client itself counts",
      numbers,
      remedy: "Please report this with the output of blueplane doctor --json",
    };
  }
  return {
    id: "client_totals",
    severity: "ok",
    title: `Of the tokens in the client's own totals ${
      formatShare(theirs === 0 ? null : ours / theirs)
    } are in transcripts; its side requests (titles, compaction) are in none`,
    numbers,
  };
}

function readStates(db: Database) {
  const rows = prepareArrays(
    db,
    `select c.session, c.cost_micros,
       count(*) over (partition by s.platform, c.started_at) > 1,
       c.started_at > ifnull(s.started_at, 0) + ${SLACK_MS}
         or ifnull(s.ended_at, 0) > c.at + ${SLACK_MS}
     from cost_states c join sessions s on s.id = c.session`,
  ).all() as unknown as [number, number, number, number][];
  return rows.map(([session, costMicros, forked, partial]) => ({
    session,
    costMicros,
    forked: forked === 1,
    partial: partial === 1,
  }));
}

function rowsOf(
  db: Database,
  table: string,
  model: string,
  columns: readonly string[],
  where = "true",
): Row[] {
  return prepareArrays(
    db,
    `select session, w.text, ${columns.join(", ")} from ${table}
     join words w on w.id = ${model} where ${where}`,
  ).all() as unknown as Row[];
}

function sumBy<K>(rows: readonly Row[], keyOf: (row: Row) => K): Map<K, number[]> {
  const sums = new Map<K, number[]>();
  for (const row of rows) {
    const [, , ...tokens] = row;
    const before = sums.get(keyOf(row)) ?? [0, 0, 0, 0];
    sums.set(keyOf(row), before.map((sum, i) => sum + tokens[i]!));
  }
  return sums;
}

function tokensOf(sums: readonly number[]): Tokens {
  return Object.fromEntries(TOKENS.map((name, i) => [name, sums[i]!])) as Tokens;
}

/** Null while no cost is kept, or while a part of the sessions has none. */
function ourCost(db: Database, sessions: ReadonlySet<number>): number | null {
  const isKept = prepareArrays(
    db,
    "select count(*) from pragma_table_info('model_sums') where name = 'cost_micros'",
  ).get() as unknown as [number];
  if (isKept[0] === 0) return null;
  const rows = prepareArrays(
    db,
    "select session, sum(cost_micros) from model_sums where tier = 0 group by session",
  ).all() as unknown as [number, number | null][];
  const micros = rows.filter(([session]) => sessions.has(session)).map(([, cost]) => cost);
  if (micros.includes(null)) return null;
  return micros.reduce<number>((sum, cost) => sum + cost!, 0) / MICROS_A_DOLLAR;
}
