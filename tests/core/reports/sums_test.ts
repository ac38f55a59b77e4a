/** Tests of `core/reports/sums.ts`: which tier answers, and what a reader may not do. */

import assert from "node:assert/strict";
import {
  countsOf,
  inputCounts,
  readSums,
  sessionConditions,
} from "../../../core/reports/sums.ts";
import { EVENT_TYPES } from "../../../core/event.ts";
import { readWords } from "../../../core/words.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome, HAIKU, OPUS } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000;

Deno.test("sessionConditions() asks nothing, when there is no filter", () => {
  assert.deepEqual(sessionConditions({}), { sql: "", parameters: [] });
});

Deno.test("sessionConditions() keeps what is asked for out of the SQL", () => {
  const { sql, parameters } = sessionConditions({ session: "x' or '1", platform: "cursor" });

  assert.doesNotMatch(sql, /x'|cursor/);
  assert.deepEqual(parameters, ["cursor", "x' or '1"]);
});

Deno.test("readSums() keeps models apart, and what has no stop reason or split", async () => {
  await using home = await filledHome();
  const period = { from: NOON - HOUR_MS, to: NOON + HOUR_MS };

  const { models } = readSums(home.db, period, {}, home.clock.now(), readWords(home.db));

  assert.deepEqual(models!.get(OPUS), {
    messages: 1,
    messages_without_stop_reason: 0,
    messages_without_tokens: 0,
    input: 10,
    output: 100,
    cache_read: 900,
    cache_creation: 90,
    cache_creation_5m: 60,
    cache_creation_1h: 30,
    cache_creation_unsplit: 0,
    thinking: 0,
    web_searches: 0,
    estimated_input: 0,
    estimated_output: 0,
    fast_messages: 0,
    priced_tokens: 1100,
    // 10 × 5 + 100 × 25 + 900 × 0.5 + 60 × 6.25 + 30 × 10 dollars a million.
    cost_micros: 3675,
    // 900 × (5 − 0.5), and 60 × (6.25 − 5) + 30 × (10 − 5).
    cache_read_saved_micros: 4050,
    cache_write_extra_micros: 225,
  });
  assert.equal(models!.get(HAIKU)!.messages_without_stop_reason, 1);
  assert.equal(models!.get(HAIKU)!.cache_creation_unsplit, 20);
});

Deno.test("inputCounts() names every kind of input, the missing as 0", () => {
  const counts = inputCounts([[EVENT_TYPES.indexOf("bash_input"), 3]]);

  assert.equal(counts.bash_inputs, 3);
  assert.equal(counts.user_prompts, 0);
  assert.equal(Object.keys(counts).length, 10);
});

Deno.test("countsOf() takes the columns behind those that lead", () => {
  assert.deepEqual(countsOf(["a", "b"], [9, 8, 1, null], 2), { a: 1, b: 0 });
});

for (
  const sql of [
    "select body from trace_blocks",
    "select count(*) from trace_blocks",
    "select at from claude_raw_traces",
    "select 1 where exists (select 1 from cursor_raw_traces)",
    "with raw as (select * from trace_blocks) select id from raw",
    "select body from stream_entries",
    "attach ':memory:' as other",
  ]
) {
  Deno.test(`readSums() has a reader that may not say: ${sql}`, async () => {
    await using home = await filledHome();

    assert.throws(() => home.db.prepare(sql).all(), /prohibited|authoriz/);
  });
}

for (
  const sql of [
    "delete from sessions",
    "update words set text = 'x'",
    "insert into words (text) values ('x')",
    "drop table inputs",
    "create table mine (id integer)",
    "pragma user_version = 7",
  ]
) {
  Deno.test(`readSums() has a reader that cannot write: ${sql}`, async () => {
    await using home = await filledHome();

    assert.throws(() => home.db.exec(sql), /readonly|prohibited|authoriz/);
  });
}

Deno.test("readSums() has a reader that cannot copy the database to another file", async () => {
  await using home = await filledHome();
  const copy = `${home.path}.copy`;

  assert.throws(() => home.db.exec(`vacuum into '${copy}'`), /prohibited|authoriz/);
  assert.throws(() => Deno.statSync(copy), Deno.errors.NotFound);
});
