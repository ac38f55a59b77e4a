/**
 * Makes digests of the rows of sums: of what is not settled, and what is to be.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { CALL_COUNTS } from "../fates.ts";
import { INPUT_KINDS, PROMPT_KINDS } from "../input_kinds.ts";
import {
  ATTRIBUTION_COUNTS,
  INPUT_COUNTS,
  MODEL_COUNTS,
  TIME_COUNTS,
  USAGE_COUNTS,
  USAGE_PEAKS,
  VERDICTS,
} from "../session_counts.ts";
import {
  addCounts,
  addMember,
  addUsage,
  addWords,
  binsOf,
  type Digest,
  emptyDigest,
  listsOf,
  type MemberCounts,
} from "./digest.ts";
import { localStart } from "./local_time.ts";
import { isOfTier, type Stretch } from "./pieces.ts";

/** Digests by the name of what they are of. */
export type Digests = Map<string, Digest>;

/** Which rows are read, and how they are told apart. */
export interface RowsQuery {
  readonly stretches: readonly Stretch[];
  /** Those of which only what no group tells is to be read: the rest is known. @default [] */
  readonly known?: readonly Stretch[];
  /** What else is asked of sums `x` and sessions `s`: conditions that follow others. */
  readonly where?: { readonly sql: string; readonly parameters: readonly (string | number)[] };
  /** Two expressions of `x` and `s`, each an integer. */
  readonly time: string;
  readonly place: string;
  /** The name of what both are of. */
  readonly name: (time: number, place: number) => string;
  readonly parts: RowParts;
}

/** What is to be read besides what every group tells. */
export interface RowParts {
  /** Errors, attributions and usage. */
  readonly whole: boolean;
  /** Of usage, what tells hours apart, and sizes of prompts. */
  readonly hours: boolean;
  /** Where the time went, and how long things took. */
  readonly times: boolean;
  /** The latter by tool. */
  readonly tools: boolean;
}

/** SQL of whether sums `x` of calls are of any. A kind of call that is no call has no tool. */
export const IS_CALL = ["uses", ...VERDICTS.map((verdict) => `edits_${verdict}`)]
  .map((name) => `x.${name}`).join(" + ") +
  " <> 0 and x.kind in (select id from call_kinds where tool <> 0)";
/** SQL of whether sums `x` of inputs are of what a person asked. */
export const IS_INPUT = `x.member in (${INPUT_KINDS.join(", ")})`;

/** Adds what the rows of stretches tell. */
export function addRows(db: Database, digests: Digests, query: RowsQuery): void {
  const { parts, stretches, known = [] } = query, all = [...stretches, ...known];
  const read = reader(db, digests, query, stretches);
  const readWhole = reader(db, digests, query, all);
  readGrouped(read);
  if (parts.whole) {
    readMembers(readWhole, "error_sums", "errors", INPUT_COUNTS);
    readMembers(readWhole, "attribution_sums", "attributions", ATTRIBUTION_COUNTS);
  }
  if (parts.times) readTimes(read, parts.tools);
  if (parts.whole) readUsage(readWhole);
  if (parts.whole && parts.hours) readHours(readWhole, all);
}

/** From the first moment of stretches to the last. */
export function spanOf(stretches: readonly Stretch[]): Pick<Stretch, "from" | "to"> {
  return {
    from: Math.min(...stretches.map(({ from }) => from)),
    to: Math.max(...stretches.map(({ to }) => to)),
  };
}

const TABLES = [
  "model_sums",
  "call_sums",
  "input_sums",
  "error_sums",
  "attribution_sums",
  "usage_sums",
  "time_sums",
  "duration_sums",
] as const;

/** Whether any row is of a time before or behind a stretch. */
export function hasRowsOutside(db: Database, { tier, from, to }: Stretch): boolean {
  const outside = TABLES.flatMap((table) =>
    ["x.bucket < ?1", "x.bucket >= ?2"].map((beyond) =>
      `exists (select 1 from ${table} x where ${isOfTier(tier)} and ${beyond})`
    )
  );
  const [has] = prepareArrays(db, `select ${outside.join(" or ")}`)
    .get(from, to) as unknown as [number];
  return has === 1;
}

type Read = (
  columns: string,
  table: string,
  and: string,
  keys: number,
  add: (digest: Digest, row: number[]) => void,
  at?: string,
) => void;

/**
 * Reads rows of a table, added up by time, place and so many of the columns: of all stretches at
 * once, and in one text for any of them, as to prepare it takes as long as to read a few rows.
 */
function reader(
  db: Database,
  digests: Digests,
  query: RowsQuery,
  stretches: readonly Stretch[],
): Read {
  const { where = { sql: "", parameters: [] } } = query;
  const asked = JSON.stringify(stretches.map(({ tier, from, to }) => [tier, from, to]));
  return (columns, table, and, keys, add, at) => {
    const time = at ? query.time.replaceAll("x.bucket", at) : query.time;
    const column = at ?? "x.bucket", ofTier = at ? "" : "x.tier = p.tier and ";
    const condition = and + where.sql;
    const isJoined = /\bs\./.test(`${query.place} ${condition}`);
    const rows = stretches.length === 0 ? [] : prepareArrays(
      db,
      `select ${time}, ifnull(${query.place}, 0), ${columns} from (
         select value ->> 0 as tier, value ->> 1 as since, value ->> 2 as until from json_each(?)
       ) p cross join ${table} x ${isJoined ? "join sessions s on s.id = x.session" : ""}
       where ${ofTier}${column} >= p.since and ${column} < p.until${condition}
       group by ${Array.from({ length: keys + 2 }, (_, i) => i + 1).join(", ")}`,
    ).all(asked, ...where.parameters) as unknown as number[][];
    for (const row of rows) {
      const name = query.name(row[0]!, row[1]!);
      add(digests.getOrInsertComputed(name, emptyDigest), row.slice(2));
    }
  };
}

/** What every group tells, and in which sessions it is: a list of each member. */
function readGrouped(read: Read): void {
  const members = [
    ["model_sums", "x.member", "models", MODEL_COUNTS, "true"],
    ["call_sums", "x.kind", "calls", CALL_COUNTS, IS_CALL],
    ["input_sums", "x.member", "inputs", INPUT_COUNTS, IS_INPUT],
  ] as const;
  for (const [table, member, part, counted, isListed] of members) {
    const list = `json_group_array(distinct x.session) filter (where ${isListed})`;
    read(`${member}, ${list}, ${sumsOf(counted)}`, table, "", 1, (digest, row) => {
      const [of, text, ...counts] = row, list = JSON.parse(String(text)) as number[];
      addMember(digest[part], of!, counts);
      if (list.length === 0) return;
      const { sessions } = digest;
      (part === "inputs" ? sessions.inputs : listsOf(sessions[part], of!)).push(list);
    });
  }
}

function readMembers(
  read: Read,
  table: string,
  part: "errors" | "attributions",
  counted: readonly string[],
): void {
  read(`x.member, ${sumsOf(counted)}`, table, "", 1, (digest, [of, ...counts]) => {
    addMember(digest[part], of!, counts);
  });
}

function sumsOf(names: readonly string[]): string {
  return names.map((name) => `sum(x.${name})`).join(", ");
}

function readTimes(read: Read, withTools: boolean): void {
  read(sumsOf(TIME_COUNTS), "time_sums", " and s.counted = 1", 0, (digest, counts) => {
    digest.isTimed = true;
    addCounts(digest.time, counts);
  });
  // What is of a tool is of measure 0.
  const member = withTools ? "x.member" : "min(x.member, 0)";
  // Bins of one member come one after the other, and rise.
  let list: number[] = [], owner: Digest | undefined, last: readonly number[] = [];
  read(`${member}, x.bin, sum(x.count)`, "duration_sums", "", 2, (digest, row) => {
    const [of, bin, count] = row as [number, number, number];
    if (owner === digest && last[0] === of && bin > last[1]!) {
      list.push(bin - last[1]!, count);
    } else {
      list = [bin, count];
      binsOf(digest.durations, Math.min(of, 0)).push(list);
      if (of > 0) binsOf(digest.tools, of).push(list);
    }
    [owner, last] = [digest, row];
  });
}

function readUsage(read: Read): void {
  const columns = [
    sumsOf(USAGE_COUNTS),
    ...USAGE_PEAKS.map((name) => `max(x.${name})`),
  ].join(", ");
  read(columns, "usage_sums", "", 0, (digest, counts) => addUsage(digest.usage, counts));
}

function readHours(read: Read, stretches: readonly Stretch[]): void {
  const hour = localStart("hour", spanOf(stretches));
  const counts = "sum(x.operations), sum(x.calls_ok), sum(x.calls_failed)";
  // Those that stand there already may be another digest's, too.
  const lists = new Map<Digest, MemberCounts>();
  read(`${hour}, ${counts}`, "usage_sums", "", 1, (digest, [at, ...of]) => {
    addMember(lists.getOrInsertComputed(digest, () => new Map()), at!, of);
  });
  for (const [digest, list] of lists) digest.hours.push(list);
  const isPrompt = ` and x.words is not null and x.kind in (${PROMPT_KINDS.join(", ")})`;
  read("x.words, count(*)", "inputs", isPrompt, 1, (digest, [words, count]) => {
    addWords(digest.words, words!, count!);
  }, "x.at");
}
