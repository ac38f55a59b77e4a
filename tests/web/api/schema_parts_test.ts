/** Tests of `web/api/schema_parts.ts`. */

import assert from "node:assert/strict";
import { z } from "zod";
import { wilsonRate } from "../../../core/reports/rates.ts";
import { rateDifference } from "../../../core/reports/rate_difference.ts";
import { DIFFERENCE, MOMENT, NAMED, named, RATE } from "../../../web/api/schema_parts.ts";

Deno.test("named() gives a schema its name, and the same schema", () => {
  const schema = z.object({});

  assert.equal(named("ATestOfNames", schema), schema);
  assert.equal(NAMED.get(schema)?.id, "ATestOfNames");
  NAMED.remove(schema);
});

Deno.test("RATE() takes what rates and their differences are", () => {
  const a = wilsonRate(3, 4)!, b = wilsonRate(1, 9)!;

  assert.deepEqual(RATE.parse(a), a);
  assert.deepEqual(DIFFERENCE.parse(rateDifference(a, b)), rateDifference(a, b));
  assert.ok(!RATE.safeParse({ ...a, n: null }).success);
});

Deno.test("MOMENT() takes times as all documents write them, and no other", () => {
  assert.ok(MOMENT.safeParse(new Date(0).toISOString()).success);
  for (const bad of ["1970-01-01", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000+01:00", 0]) {
    assert.ok(!MOMENT.safeParse(bad).success, String(bad));
  }
});
