/** Tests of `mcp/short_schema.ts`. */

import assert from "node:assert/strict";
import { z } from "zod";
import { shortAnswerSchema, shortSchema } from "../../mcp/short_schema.ts";

Deno.test("shortSchema() says what values are like, and nothing that needs no saying", () => {
  const schema = z.toJSONSchema(z.object({
    count: z.number().int(),
    few: z.number().int().min(1).max(9),
    rate: z.number().nullable(),
    part: z.object({ n: z.number() }).nullable().describe("a part"),
    numbers: z.record(z.string(), z.number()),
    kind: z.enum(["a", "b"]).nullable(),
    list: z.array(z.string().nullable()),
  }));

  assert.deepEqual(shortSchema(schema), {
    type: "object",
    properties: {
      count: { type: "integer" },
      few: { type: "integer", minimum: 1, maximum: 9 },
      rate: { type: ["number", "null"] },
      part: {
        description: "a part",
        type: ["object", "null"],
        properties: { n: { type: "number" } },
        required: ["n"],
      },
      numbers: { type: "object", additionalProperties: { type: "number" } },
      kind: { anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "null" }] },
      list: { type: "array", items: { type: ["string", "null"] } },
    },
    required: ["count", "few", "rate", "part", "numbers", "kind", "list"],
  });
});

Deno.test("shortSchema() keeps properties that are called like words of schemas", () => {
  const schema = { type: "object", properties: { minimum: { type: "number" } } };

  assert.deepEqual(shortSchema(schema), schema);
});

Deno.test("shortAnswerSchema() promises the parts of an answer, and not theirs", () => {
  const schema = z.toJSONSchema(z.object({ list: z.array(z.object({ n: z.number() })) }));

  assert.deepEqual(shortAnswerSchema(schema), {
    type: "object",
    properties: {
      list: { type: "array", items: { type: "object", properties: { n: { type: "number" } } } },
    },
    required: ["list"],
  });
});
