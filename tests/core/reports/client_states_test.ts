/** Tests of `core/reports/client_states.ts`. */

import assert from "node:assert/strict";
import { reportClientStates } from "../../../core/reports/client_states.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { seenState as seen } from "../../helpers/seen_limits.ts";

const HOUR_MS = 3_600_000, MINUTE_MS = 60_000;

Deno.test("reportClientStates() tells when a context is full and what an hour costs", async () => {
  const at = (i: number) => NOON + i * 10 * MINUTE_MS;
  await using home = await filledHome([
    ...[150_000, 190_000, 20_000, 40_000, 60_000, 80_000].map((tokens, i) =>
      seen(at(i), tokens, i * 500_000)
    ),
  ]);
  const [one, ...more] = reportClientStates(home.db, at(6));

  assert.deepEqual(more, []);
  const { context, cost } = one!;
  assert.deepEqual([context?.used, context?.tokens, context?.n], [0.4, 80_000, 3]);
  // 20,000 in ten minutes since it was compacted: the other 120,000 in an hour.
  assert.equal(context?.full_at, new Date(at(5) + HOUR_MS).toISOString());
  assert.equal(context?.history.length, 6);
  assert.deepEqual(cost?.usd_per_hour, { value: 3, low: 3, high: 3, n: 5 });
  assert.deepEqual([cost?.usd, cost?.history[1]?.usd], [2.5, 0.5]);
});

Deno.test("reportClientStates() foretells nothing of too little, and knows no zero", async () => {
  await using home = await filledHome([
    seen(NOON, 50_000, null, "a"),
    seen(NOON + 1, null, 250_000, "b"),
  ]);
  const [b, a] = reportClientStates(home.db, NOON + MINUTE_MS);

  assert.deepEqual([b?.session_id, b?.context, b?.cost?.usd_per_hour], ["b", null, null]);
  assert.deepEqual([a?.cost, a?.context?.n, a?.context?.full_at], [null, null, null]);
});

Deno.test("reportClientStates() forgets what nobody has looked at for hours", async () => {
  await using home = await filledHome([seen(NOON, 50_000, 1)]);

  assert.equal(reportClientStates(home.db, NOON + 4 * HOUR_MS).length, 1);
  assert.equal(reportClientStates(home.db, NOON + 6 * HOUR_MS).length, 0);
});
