/**
 * Reads the rows of sums of a stretch, each for the hour and the session it is of. They are added
 * up here: of an hour there are few, and SQL would first sort them, as wide as they are.
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
} from "../session_counts.ts";
import {
  addCounts,
  addMember,
  addUsage,
  addWords,
  binsOf,
  type Digest,
  listsOf,
  type SessionLists,
  USAGE_COLUMNS,
} from "./digest.ts";
import { isCalled, readKinds } from "./digest_parts.ts";
import { localStart } from "./local_time.ts";
import { isOfTier, type Stretch } from "./pieces.ts";

/** The digests that something of a session is in, by the first moment of its hour. */
export type DigestsOf = (hour: number, session: number) => readonly Digest[];

/** The hour, the session, and what else was asked for. */
type Row = readonly number[];
type Read = (columns: string, table: string, and?: string, at?: string) => Iterable<Row>;
type Tell = (row: Row, add: (digest: Digest) => void) => void;

const MEMBER = 2;
const OF_HOURS = (["operations", "calls_ok", "calls_failed"] as const)
  .map((name) => USAGE_COLUMNS.indexOf(name));

/** Adds everything that they tell. */
export function addHourRows(db: Database, stretch: Stretch, digestsOf: DigestsOf): void {
  const read = reader(db, stretch);
  const tell: Tell = ([hour, session], add) => {
    for (const digest of digestsOf(hour!, session!)) add(digest);
  };
  readCalls(db, read, tell);
  readMembers(read, tell);
  readTimes(read, tell);
  readUsage(read, tell);
}

function reader(db: Database, { tier, from, to }: Stretch): Read {
  const hour = localStart("hour", { from, to });
  return (columns, table, and = "", at = "x.bucket") =>
    prepareArrays(
      db,
      `select ${hour.replaceAll("x.bucket", at)}, x.session, ${columns} from ${table} where ${
        at === "x.bucket" ? isOfTier(tier) : "true"
      } and ${at} >= ? and ${at} < ?${and}`,
    ).all(from, to) as unknown as Row[];
}

function readCalls(db: Database, read: Read, tell: Tell): void {
  const kinds = readKinds(db);
  for (const row of read(columnsOf(["kind", ...CALL_COUNTS]), "call_sums x")) {
    const kind = row[MEMBER]!, counts = row.slice(MEMBER + 1);
    // A kind of call that is no call has no tool.
    const isCall = (kinds.get(kind)?.tool ?? 0) !== 0 && isCalled(counts);
    tell(row, ({ calls, sessions }) => {
      addMember(calls, kind, counts);
      if (isCall) note(listsOf(sessions.calls, kind), row);
    });
  }
}

function readMembers(read: Read, tell: Tell): void {
  const readOf = (
    table: string,
    columns: readonly string[],
    add: (digest: Digest, member: number, counts: readonly number[], row: Row) => void,
  ) => {
    for (const row of read(columnsOf(["member", ...columns]), `${table} x`)) {
      const counts = row.slice(MEMBER + 1);
      tell(row, (digest) => add(digest, row[MEMBER]!, counts, row));
    }
  };
  readOf("model_sums", MODEL_COUNTS, ({ models, sessions }, model, counts, row) => {
    addMember(models, model, counts);
    note(listsOf(sessions.models, model), row);
  });
  readOf("input_sums", INPUT_COUNTS, ({ inputs, sessions }, kind, counts, row) => {
    addMember(inputs, kind, counts);
    if (INPUT_KINDS.includes(kind)) note(sessions.inputs, row);
  });
  readOf("error_sums", INPUT_COUNTS, ({ errors }, error, counts) => {
    addMember(errors, error, counts);
  });
  readOf("attribution_sums", ATTRIBUTION_COUNTS, ({ attributions }, account, counts) => {
    addMember(attributions, account, counts);
  });
}

function readTimes(read: Read, tell: Tell): void {
  const times = "time_sums x join sessions s on s.id = x.session";
  for (const row of read(columnsOf(TIME_COUNTS), times, " and s.counted = 1")) {
    tell(row, (digest) => {
      digest.isTimed = true;
      addCounts(digest.time, row.slice(MEMBER));
    });
  }
  // Of each measure and tool one list, which may stand in several places.
  const sorted = " group by 1, 2, 3, 4 order by 1, 2, 3, 4";
  let list: number[] = [], last: Row = [];
  for (const row of read("x.member, x.bin, sum(x.count)", "duration_sums x", sorted)) {
    const [hour, session, member, bin, count] = row as [number, number, number, number, number];
    if (hour === last[0] && session === last[1] && member === last[2]) {
      list.push(bin - last[3]!, count);
    } else {
      const begun = list = [bin, count];
      tell(row, ({ durations, tools }) => {
        // What is of a tool is of measure 0.
        binsOf(durations, Math.min(member, 0)).push(begun);
        if (member > 0) binsOf(tools, member).push(begun);
      });
    }
    last = row;
  }
}

function readUsage(read: Read, tell: Tell): void {
  for (const row of read(columnsOf(USAGE_COLUMNS), "usage_sums x")) {
    const counts = row.slice(MEMBER), ofHour = OF_HOURS.map((place) => counts[place]!);
    tell(row, ({ usage, hours }) => {
      addUsage(usage, counts);
      if (hours.length === 0) hours.push(new Map());
      addMember(hours[0]!, row[0]!, ofHour);
    });
  }
  const measured = ` and x.words is not null and x.kind in (${PROMPT_KINDS.join(", ")})`;
  for (const row of read("x.words", "inputs x", measured, "x.at")) {
    tell(row, ({ words }) => addWords(words, row[MEMBER]!, 1));
  }
}

/** In which sessions it is, each once: in one list, which no other digest has. */
function note(lists: SessionLists, [, session]: Row): void {
  const list = lists[0] as number[] | undefined;
  if (!list) lists.push([session!]);
  else if (!list.includes(session!)) list.push(session!);
}

function columnsOf(names: readonly string[]): string {
  return names.map((name) => `x.${name}`).join(", ");
}
