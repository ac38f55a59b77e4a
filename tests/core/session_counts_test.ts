/** Tests of `core/session_counts.ts`: its lists are the columns and the words of the rest. */

import assert from "node:assert/strict";
import { openWriter } from "../../core/open_writer.ts";
import { EVENT_TYPES } from "../../core/event.ts";
import { CALL_COUNTS } from "../../core/fates.ts";
import {
  INPUT_COUNTS,
  INPUT_NAMES,
  MODEL_COUNTS,
  OUTCOMES,
  TIERS,
} from "../../core/session_counts.ts";

const KEYS = ["tier", "bucket", "session", "member"];

for (
  const [table, counts] of [
    ["model_sums", MODEL_COUNTS],
    ["input_sums", INPUT_COUNTS],
  ] as const
) {
  Deno.test(`openWriter() makes the columns of ${table} in the order of its counts`, () => {
    using db = openWriter(":memory:");

    const columns = db.prepare("select name from pragma_table_info(?)").all(table);

    assert.deepEqual(columns.map(({ name }) => name), [...KEYS, ...counts]);
  });
}

Deno.test("openWriter() makes the columns of call_sums that its counts name", () => {
  using db = openWriter(":memory:");

  const columns = db.prepare("select name from pragma_table_info('call_sums')").all();

  const keys = ["tier", "bucket", "session", "kind"];
  assert.deepEqual(columns.map(({ name }) => name).sort(), [...keys, ...CALL_COUNTS].sort());
});

Deno.test("INPUT_NAMES.keys() are types of events", () => {
  for (const type of Object.keys(INPUT_NAMES)) {
    assert.ok((EVENT_TYPES as readonly string[]).includes(type), type);
  }
});

Deno.test("OUTCOMES.indexOf() stays what it was, as databases hold the numbers", () => {
  assert.deepEqual([...OUTCOMES], [
    "ok",
    "failed",
    "rejected",
    "interrupted",
    "permission_denied",
    "hook_blocked",
    "cancelled_sibling",
  ]);
});

Deno.test("TIERS.at() has buckets that fit into one another, the longest kept for good", () => {
  const [whole, ...buckets] = TIERS;

  assert.deepEqual(whole, { seconds: 0, keepMs: Infinity });
  for (const [i, { seconds, keepMs }] of buckets.entries()) {
    const before = buckets[i - 1];
    assert.ok(!before || (seconds % before.seconds === 0 && keepMs > before.keepMs));
  }
  assert.equal(TIERS.at(-1)!.keepMs, Infinity);
  assert.equal(15 * 60 % TIERS.at(-1)!.seconds, 0);
});
