/** Tests of `web/api/catalogue_schema.ts`. */

import assert from "node:assert/strict";
import { z } from "zod";
import { METRICS } from "../../../core/metrics.ts";
import { catalogueShape } from "../../../web/api/catalogue_schema.ts";

Deno.test("catalogueShape() has a place for every number, with its meaning", () => {
  const shape = catalogueShape("metrics", "");

  for (const { foundIn: { metrics: path }, meaning } of METRICS) {
    if (path === null) continue;
    const schema = path.replaceAll("[]", ".[]").split(".").reduce<z.ZodType>(
      below,
      z.object(shape),
    );
    assert.ok(schema.description?.startsWith(meaning), path);
  }
});

Deno.test("catalogueShape() takes what is not known, and no word for a number", () => {
  const rates = z.object(catalogueShape("metrics", "rates")).partial();

  assert.ok(rates.safeParse({ error: null }).success);
  assert.ok(rates.safeParse({ error: { value: 0.5, n: 2, low: 0, high: 1 } }).success);
  assert.ok(!rates.safeParse({ error: "0.5" }).success);
  assert.ok(!rates.safeParse({ error: { value: 0.5 } }).success);
});

Deno.test("catalogueShape() puts words in their place, also under names and in lists", () => {
  const shape = catalogueShape("metrics", "context", { "servers.<server>.label": z.string() });
  const lines = catalogueShape("metrics", "", { "daily_lines[].day": z.literal("today") });

  const server = shape.servers!.safeParse({ a: { label: 1 } });
  assert.ok(server.error?.issues.some(({ path }) => path.join(".") === "a.label"));
  const day = lines.daily_lines!.safeParse([{ day: "yesterday" }]);
  assert.ok(day.error?.issues.some(({ path }) => path.join(".") === "0.day"));
});

function below(schema: z.ZodType, name: string): z.ZodType {
  const bare = schema instanceof z.ZodNullable ? schema.unwrap() as z.ZodType : schema;
  if (bare instanceof z.ZodRecord) return bare.valueType as z.ZodType;
  if (bare instanceof z.ZodArray) return bare.element as z.ZodType;
  assert.ok(bare instanceof z.ZodObject);
  const found = bare.shape[name] as z.ZodType | undefined;
  assert.ok(found, name);
  return found;
}
