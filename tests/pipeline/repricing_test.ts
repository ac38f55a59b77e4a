/** Tests of `pipeline/repricing.ts`: costs follow the prices, whenever those change. */

import assert from "node:assert/strict";
import { systemClock } from "../../core/clock.ts";
import { openWriter } from "../../core/open_writer.ts";
import { encodeEvent } from "../../core/event.ts";
import { madeWith } from "../../core/made_with.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { makeResponse, makeToolResult, makeToolUse, TABLES } from "../helpers/events.ts";
import { tempDatabase } from "./temp_database.ts";

const PRICES = JSON.stringify({ "house-gpt": { input: 2, output: 10, cache_read: 1 } });

Deno.test("Repricing.step() gives old responses new prices, and takes them back", async () => {
  using folder = tempDatabase();
  const responses = Array.from(
    { length: 1201 },
    (_, i) =>
      encodeEvent(makeResponse({ id: `r${i}`, model: "house-gpt", input: 100, output: 10 })),
  );
  await run(folder.path, undefined, responses);
  const before = costOf(folder.path);

  await run(folder.path, PRICES);
  const priced = costOf(folder.path);
  await run(folder.path, undefined);

  // 100 × 2 + 10 × 10 millionths of a dollar, each.
  assert.deepEqual(before, { cost: 0, priced: 0 });
  assert.deepEqual(priced, { cost: 1201 * 300, priced: 1201 * 110 });
  assert.deepEqual(costOf(folder.path), before);
});

Deno.test("Repricing.step() carries through to what the cost went to", async () => {
  using folder = tempDatabase();
  const events = [
    makeResponse({ id: "m", model: "house-gpt", input: 100, output: 10, calls: 1 }),
    makeToolUse({ id: "u", use: "u", message: "m" }),
    makeToolResult({ id: "r", use: "u", outcome: "rejected" }),
    makeResponse({ id: "t", model: "house-gpt", output: 10, calls: 0 }),
  ].map(encodeEvent);
  await run(folder.path, undefined, events);
  const before = partsOf(folder.path);

  await run(folder.path, PRICES);
  const priced = partsOf(folder.path);
  await run(folder.path, undefined);

  assert.deepEqual(before, { rejected: 0, talk: 0, priced: 0 });
  assert.deepEqual(priced, { rejected: 300, talk: 100, priced: 1 });
  assert.deepEqual(partsOf(folder.path), before);
});

Deno.test("Repricing.take() prices all anew while the pipeline works", async () => {
  using folder = tempDatabase();
  const { path } = folder;
  const response = (i: number) =>
    encodeEvent(makeResponse({ id: `r${i}`, model: "house-gpt", input: 100, output: 10 }));
  await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock });
  await pipeline.resume();
  await pipeline.accept(Array.from({ length: 1201 }, (_, i) => response(i)), []);
  await pipeline.drain();
  const before = costOf(path);

  await pipeline.command("changePrices", PRICES);
  await pipeline.accept([response(1201)], []);
  await pipeline.drain();
  const priced = costOf(path);
  await assert.rejects(pipeline.command("changePrices", "{half"), /^PriceFileError: Cannot read/);
  await pipeline.accept([response(1202)], []);
  await pipeline.drain();
  const same = costOf(path);
  await pipeline.command("changePrices", undefined);

  assert.deepEqual(priced, { cost: 1202 * 300, priced: 1202 * 110 });
  assert.deepEqual(same, { cost: 1203 * 300, priced: 1203 * 110 });
  assert.deepEqual(costOf(path), before);
});

Deno.test("Repricing.step() notes what the costs were made with", async () => {
  using folder = tempDatabase();
  await run(folder.path, PRICES);
  using db = openWriter(folder.path);

  assert.match(madeWith(db, "prices")!, /^[0-9a-f]{16}$/);
  assert.match(madeWith(db, "price_file")!, /^[0-9a-f]{64}$/);
});

async function run(path: string, priceFile?: string, events: readonly string[] = []) {
  await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock, priceFile });
  await pipeline.resume();
  await pipeline.accept(events, []);
  await pipeline.drain();
}

function partsOf(path: string) {
  using db = openWriter(path);
  const row = db.prepare(
    `select sum(cost_edits_rejected) as rejected, sum(cost_talk) as talk,
       sum(priced_calls) as priced from call_sums where tier = 0`,
  ).get()!;
  return { ...row };
}

function costOf(path: string) {
  using db = openWriter(path);
  const row = db.prepare(
    `select sum(cost_micros) as cost, sum(priced_tokens) as priced from model_sums
     where tier = 0 and session <> 0`,
  ).get()!;
  return { ...row };
}
