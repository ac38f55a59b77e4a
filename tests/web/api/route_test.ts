/** Tests of `web/api/route.ts`: what a request gives is read by schemas, or refused. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { limit, share, word, words } from "../../../web/api/parameters.ts";
import { defineRoute, readGiven } from "../../../web/api/route.ts";
import { RequestError } from "../../../web/problem.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const SHAPE = {
  by: word(["tool", "mode"], ""),
  limit: limit(20),
  least: share(""),
  tools: words(["edit", "read"], ""),
};

Deno.test("readGiven() gives what the schemas make of it, and what they add", () => {
  assert.deepEqual(readGiven(SHAPE, { by: "mode", least: "0.25", tools: "edit,read" }), {
    by: "mode",
    limit: 20,
    least: 0.25,
    tools: "edit,read",
  });
});

Deno.test("readGiven() takes what is empty as not given", () => {
  assert.deepEqual(readGiven(SHAPE, { by: "", limit: "" }), readGiven(SHAPE, {}));
});

Deno.test("readGiven() names what it takes, when it is given something else", () => {
  assert.throws(() => readGiven(SHAPE, { limits: "3" }), /only by, limit, least, tools/);
  assert.throws(() => readGiven({}, { limit: "3" }), /no parameter/);
  assert.throws(() => readGiven(SHAPE, { constructor: "x" }), RequestError);
});

Deno.test("readGiven() refuses with a reason that repeats nothing of it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(SHAPE)),
      fc.string({ minLength: 1, maxLength: 200 }),
      (name, text) => {
        try {
          readGiven(SHAPE, { [name]: text });
        } catch (error) {
          assert.ok(error instanceof RequestError);
          assert.match(error.message, new RegExp(`^Cannot read ${name}: \\w`));
          assert.ok(text.length < 12 || !error.message.includes(text));
        }
      },
    ),
    fcRuns(),
  );
});

Deno.test("defineRoute() reads, when nothing else is said, and takes nothing", () => {
  const { method, query, inPath } = defineRoute({
    path: "/x",
    id: "x",
    summary: "",
    answer: z.unknown(),
    handle: () => ({}),
  });

  assert.deepEqual({ method, query, inPath }, { method: "get", query: {}, inPath: {} });
});
