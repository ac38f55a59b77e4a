/** Tests of `web/query.ts`: the options of the commands as query parameters, checked. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Context, Hono } from "hono";
import {
  filterQuery,
  numberQuery,
  periodName,
  periodQuery,
  textQuery,
  wordQuery,
} from "../../web/query.ts";
import { RequestError } from "../../web/problem.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { NOON } from "../helpers/events.ts";
import { filledHome, ONE, OPUS } from "../helpers/filled_home.ts";
import { webContext } from "./open_web.ts";

Deno.test("periodQuery() is the last day, when nothing is said", async () => {
  const period = await read("", (c) => periodQuery(c, NOON));

  assert.deepEqual(period, { from: NOON - 86_400_000, to: NOON + 1 });
});

Deno.test("periodQuery() takes since and until, before a period's name", async () => {
  const said = "since=2026-02-01T00:00Z&until=2026-03-01T00:00Z&period=1h";

  assert.deepEqual(await read(said, (c) => periodQuery(c, NOON)), {
    from: Date.UTC(2026, 1, 1),
    to: Date.UTC(2026, 2, 1),
  });
});

Deno.test("periodQuery() goes on until now, when only since is said", async () => {
  const { from, to } = await read("since=2026-02-01T00:00Z", (c) => periodQuery(c, NOON));

  assert.deepEqual([from, to], [Date.UTC(2026, 1, 1), NOON + 1]);
});

Deno.test("periodQuery() has no beginning, when only until is said", async () => {
  const { from, to } = await read("until=2026-02-01T00:00Z", (c) => periodQuery(c, NOON));

  assert.deepEqual([from, to], [undefined, Date.UTC(2026, 1, 1)]);
});

for (
  const said of [
    "period=2h",
    "period=constructor",
    "period=__proto__",
    "since=yesterday",
    "until=soon",
    "since=2026-02-31",
    "since=2026-03-01&until=2026-02-01",
    "since=2026-03-01&until=2026-03-01",
    `period=${"x".repeat(5000)}`,
  ]
) {
  Deno.test(`periodQuery() refuses ${said.slice(0, 40)}`, async () => {
    const error = await refusal(said, (c) => periodQuery(c, NOON));

    assert.match(error.message, /^Cannot /);
    assert.ok(error.message.length < 140);
  });
}

Deno.test("periodName() is a name that is known, or the last day", async () => {
  assert.equal(await read("period=7d", periodName), "7d");
  assert.equal(await read("", periodName), "24h");
  for (const name of ["2h", "constructor", "toString", "hasOwnProperty"]) {
    assert.equal(await read(`period=${name}`, periodName), "24h", name);
  }
});

Deno.test("filterQuery() takes all filters, and a project by its label", async () => {
  await using home = await filledHome();
  const ask = (said: string) => read(said, (c) => filterQuery(c, webContext(home)));

  assert.deepEqual(await ask(`platform=claude&project=blueplane&session=alpha&model=${OPUS}`), {
    platform: "claude_code",
    project: ONE,
    session: "alpha",
    model: OPUS,
  });
  const none = { platform: undefined, project: undefined, session: undefined, model: undefined };
  assert.deepEqual(await ask("platform=&project=&session=&model="), none);
});

Deno.test("filterQuery() refuses a platform that there is not", async () => {
  await using home = await filledHome([]);

  for (const platform of ["netscape", "constructor"]) {
    await refusal(`platform=${platform}`, (c) => filterQuery(c, webContext(home)));
  }
});

Deno.test("wordQuery() is a word of the list, and none for all", async () => {
  const ask = (said: string) => read(said, (c) => wordQuery(c, "by", ["tool", "mode"]));

  assert.equal(await ask("by=mode"), "mode");
  assert.equal(await ask("by=all"), undefined);
  assert.match((await refusal("by=mood", (c) => wordQuery(c, "by", ["tool"]))).message, /tool/);
});

Deno.test("numberQuery() is a whole number up to its greatest, or the usual one", async () => {
  const ask = (c: Context) => numberQuery(c, "limit", 20, 1000);

  assert.deepEqual([await read("", ask), await read("limit=1000", ask)], [20, 1000]);
  for (const value of ["-1", "1.5", "x", "1001", "Infinity"]) {
    await refusal(`limit=${value}`, ask);
  }
});

Deno.test("textQuery() throws nothing but RequestError, whatever is said", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 300 }), async (text) => {
      const said = `name=${encodeURIComponent(text)}`;
      if (text.length > 128) await refusal(said, (c) => textQuery(c, "name"));
      else assert.equal(await read(said, (c) => textQuery(c, "name")), text || undefined);
    }),
    fcRuns(),
  );
});

/** Calls `use` with a request that says `query`. */
async function read<T>(query: string, use: (c: Context) => T): Promise<T> {
  let result: { value: T } | { error: unknown } | undefined;
  const app = new Hono().get("/", (c) => {
    try {
      result = { value: use(c) };
    } catch (error) {
      result = { error };
    }
    return c.text("");
  });
  await app.request(`/?${query}`);
  if (!result) throw new Error("Cannot read the query: the route was not called");
  if ("error" in result) throw result.error;
  return result.value;
}

async function refusal(query: string, use: (c: Context) => unknown): Promise<RequestError> {
  try {
    await read(query, use);
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
  throw new Error(`Cannot be: '${query.slice(0, 60)}' is taken`);
}
