/** Tests of where time went and how long things took, by bucket. */

import assert from "node:assert/strict";
import { inTransaction } from "../../../core/database.ts";
import { MEASURES, timeOf } from "../../../core/durations.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { type DerivedRows, derivedRows } from "../derived_rows.ts";
import { inBatches } from "./histories.ts";
import { openParts, type Parts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

const SECOND_MS = 1000;
const QUARTER_MS = 900 * SECOND_MS;

/** A prompt, a response after five seconds, a timed call of ten, and an answer a second later. */
function turn(name: string, second: number): TelemetryEvent[] {
  const at = (after: number) => NOON + (second + after) * SECOND_MS;
  const use = `u${name}`;
  const result = makeToolResult({ id: `r${name}`, use, at: at(15) });
  return [
    makePrompt({ id: `p${name}`, at: at(0) }),
    makeResponse({ id: `m${name}`, at: at(5) }),
    makeToolUse({ id: use, use, tool: "Bash", at: at(5) }),
    { ...result, payload: { ...result.payload, duration_ms: 9900 } },
    makeResponse({ id: `n${name}`, at: at(16) }),
  ];
}

async function tell(parts: Parts, ...batches: readonly (readonly TelemetryEvent[])[]) {
  for (const batch of batches) {
    inTransaction(parts.db, () => parts.fold.apply(batch));
    await parts.deriveAll();
  }
  return derivedRows(parts.db);
}

function quarters({ time_sums }: DerivedRows) {
  return time_sums.filter(({ tier }) => tier === 900)
    .map(({ bucket, ...row }) => ({ ...row, quarter: (Number(bucket) - NOON) / QUARTER_MS }))
    .map(({ quarter, model_ms, tool_ms, user_ms }: Record<string, unknown>) =>
      [quarter, model_ms, tool_ms, user_ms] as const
    );
}

Deno.test("TimeTable.derive() cuts what goes on over the end of a bucket", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  const rows = await tell(parts, [...turn("a", 890), ...turn("b", 920)]);

  assert.deepEqual(quarters(rows), [[0, 5000, 5000, 0], [1, 7000, 15_000, 14_000]]);
});

Deno.test("TimeTable.derive() counts durations in bins, by what they are of", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);

  const { duration_sums } = await tell(parts, [...turn("a", 0), ...turn("b", 60)]);

  const found = duration_sums.filter(({ tier }) => tier === 900)
    .map(({ member, bin, count }) => [member, timeOf(Number(bin)), count] as const);
  assert.deepEqual(
    found.map(([member, , count]) => [member, count]).sort(),
    [
      ["Bash", 2],
      [MEASURES.first_call_ms, 2],
      [MEASURES.response_ms, 2],
      [MEASURES.think_ms, 1],
      [MEASURES.turn_ms, 2],
    ].sort(),
  );
  const [, tookMs] = found.find(([member]) => member === "Bash")!;
  assert.ok(Math.abs(tookMs - 9900) <= 99);
});

Deno.test("TimeTable.derive() moves by a late event its own bucket alone", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const before = quarters(
    await tell(parts, [...turn("a", 60), ...turn("b", 960), ...turn("c", 1860)]),
  );

  const late = makeResponse({ id: "late", at: NOON + 990 * SECOND_MS });
  const after = quarters(await tell(parts, [late]));

  assert.deepEqual(before, [[0, 6000, 10_000, 0], [1, 6000, 10_000, 0], [2, 6000, 10_000, 0]]);
  assert.deepEqual(after, [before[0], [1, 20_000, 10_000, 0], before[2]]);
});

Deno.test("TimeTable.derive() gives a long session the same rows, however it is cut", async () => {
  const events = Array.from({ length: 350 }, (_, i) => turn(`${i}`, i * 47)).flat();
  const told = async (batches: readonly (readonly TelemetryEvent[])[]) => {
    using folder = tempDatabase();
    using parts = openParts(folder.path);
    const { time_sums, duration_sums } = await tell(parts, ...batches);
    return { time_sums, duration_sums };
  };

  const straight = await told([events]);

  assert.deepEqual(await told(inBatches(events.toReversed(), 200)), straight);
  const [modelMs] = [
    straight.time_sums.filter(({ tier }) => tier === 900)
      .reduce((sum, row) => sum + Number(row.model_ms), 0),
  ];
  assert.equal(modelMs, 350 * 6000);
});

Deno.test("TimeTable.derive() counts sub-agents each by itself", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const of = (agent: string, second: number) => {
    const event = makeResponse({
      id: `${agent}${second}`,
      sidechain: true,
      at: NOON + second * SECOND_MS,
    });
    return { ...event, metadata: { ...event.metadata, agent_id: literal(agent) } };
  };

  const { time_sums } = await tell(parts, [
    ...[0, 60, 120].map((second) => of("one", second)),
    ...[60, 180].map((second) => of("two", second)),
  ]);

  const [row] = time_sums.filter(({ tier }) => tier === 900);
  assert.deepEqual([row!.agent_ms, row!.agents_busy_ms, row!.tool_ms], [
    240_000,
    180_000,
    180_000,
  ]);
});

Deno.test("TimeTable.derive() has the model at work between calls that take no time", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const call = (use: string, second: number) => {
    const at = NOON + second * SECOND_MS;
    return [makeToolUse({ id: use, use, at }), makeToolResult({ id: `r${use}`, use, at })];
  };

  const rows = await tell(parts, [makePrompt({ id: "p" }), ...call("a", 5), ...call("b", 20)]);

  assert.deepEqual(quarters(rows), [[0, 20_000, 0, 0]]);
});

Deno.test("TimeTable.expire() deletes what its tier does not keep", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await tell(parts, turn("a", 0));
  const tiers = () =>
    [...new Set(derivedRows(parts.db).time_sums.map(({ tier }) => Number(tier)))].sort();
  assert.deepEqual(tiers(), [300, 60, 900]);

  parts.clock.advance(9 * 86_400_000);
  parts.groups.expire();

  assert.deepEqual(tiers(), [900]);
});
