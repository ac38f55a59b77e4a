/** Tests of `web/query.ts`: the options of the commands as query parameters, checked. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Context, Hono } from "hono";
import {
  acceptanceQuery,
  metricsQuery,
  periodName,
  periodQuery,
  sessionsQuery,
} from "../../web/query.ts";
import { RequestError } from "../../web/problem.ts";
import type { WebContext } from "../../web/web_context.ts";
import { fcRuns } from "../core/fc_runs.ts";
import { NOON } from "../helpers/events.ts";
import { filledHome, ONE, OPUS } from "../helpers/filled_home.ts";
import { webContext } from "./open_web.ts";

Deno.test("acceptanceQuery() takes a dimension of the list, and no other", async () => {
  await using home = await filledHome([]);
  const context = webContext(home);

  assert.equal((await read("by=mode", (c) => acceptanceQuery(c, context))).by, "mode");
  assert.equal((await read("by=all", (c) => acceptanceQuery(c, context))).by, undefined);
  const error = await refusal("by=mood", (c) => acceptanceQuery(c, context));
  assert.match(error.message, /^Cannot read by: it is none of tool, model/);
});

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

for (
  const [name, value] of [
    ["group_by", "colour"],
    ["group_by", "constructor"],
    ["platform", "netscape"],
    ["platform", "constructor"],
    ["project", "p".repeat(129)],
    ["session", "s".repeat(129)],
    ["model", "m".repeat(129)],
  ] as const
) {
  Deno.test(`metricsQuery() refuses ${name}=${value.slice(0, 12)}`, async () => {
    await using home = await filledHome([]);

    const error = await refusal(`${name}=${value}`, (c) => metricsQuery(c, webContext(home)));

    assert.match(error.message, /^Cannot /);
    assert.doesNotMatch(error.message, /colour|netscape|ppp|sss|mmm/);
  });
}

for (const name of ["limit", "offset"]) {
  for (
    const value of ["-1", "1.5", "x", "1e99", "Infinity", "9".repeat(40)]
  ) {
    Deno.test(`sessionsQuery() refuses ${name}=${value.slice(0, 9)}`, async () => {
      await using home = await filledHome([]);
      const said = `${name}=${encodeURIComponent(value)}`;

      const error = await refusal(said, (c) => sessionsQuery(c, webContext(home)));

      assert.match(error.message, new RegExp(`^Cannot read ${name}`));
    });
  }
}

Deno.test("sessionsQuery() refuses more sessions at once than anybody reads", async () => {
  await using home = await filledHome([]);
  const ask = (c: Context) => sessionsQuery(c, webContext(home));

  assert.equal((await read("limit=1000", ask)).limit, 1000);
  await refusal("limit=1001", ask);
});

Deno.test("sessionsQuery() begins with the first twenty, when nothing is said", async () => {
  await using home = await filledHome([]);

  const { limit, offset } = await read("", (c) => sessionsQuery(c, webContext(home)));

  assert.deepEqual([limit, offset], [20, 0]);
});

Deno.test("metricsQuery() takes all filters and a grouping", async () => {
  await using home = await filledHome([]);
  const said = `platform=claude&project=${ONE}&session=alpha&model=${OPUS}&group_by=week`;

  const query = await read(said, (c) => metricsQuery(c, webContext(home)));

  assert.equal(query.platform, "claude_code");
  assert.equal(query.project, ONE);
  assert.equal(query.session, "alpha");
  assert.equal(query.model, OPUS);
  assert.equal(query.groupBy, "week");
  assert.equal(query.now, home.clock.now());
});

Deno.test("metricsQuery() takes a project by its label, as the command does", async () => {
  await using home = await filledHome([]);

  const { project } = await read("project=blueplane", (c) => metricsQuery(c, webContext(home)));

  assert.equal(project, ONE);
});

Deno.test("metricsQuery() filters by nothing, when a parameter is empty", async () => {
  await using home = await filledHome([]);
  const said = "platform=&project=&session=&model=&group_by=&period=";

  const query = await read(said, (c) => metricsQuery(c, webContext(home)));

  const { platform, project, session, model, groupBy } = query;
  assert.deepEqual({ platform, project, session, model, groupBy }, {
    platform: undefined,
    project: undefined,
    session: undefined,
    model: undefined,
    groupBy: undefined,
  });
});

Deno.test("periodName() is a name that is known, or the last day", async () => {
  assert.equal(await read("period=7d", periodName), "7d");
  assert.equal(await read("", periodName), "24h");
  for (const name of ["2h", "constructor", "toString", "hasOwnProperty"]) {
    assert.equal(await read(`period=${name}`, periodName), "24h", name);
  }
});

Deno.test("metricsQuery() throws nothing but RequestError, whatever is said", async () => {
  await using home = await filledHome([]);
  const context = webContext(home);
  const name = fc.constantFrom(
    "period",
    "since",
    "until",
    "platform",
    "group_by",
    "limit",
    "offset",
  );

  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, fc.string())), async (said) => {
      const failed = await failureOf(new URLSearchParams(said).toString(), context);
      assert.ok(failed === undefined || failed instanceof RequestError, String(failed));
    }),
    fcRuns(),
  );
});

async function failureOf(said: string, context: WebContext): Promise<unknown> {
  try {
    await read(said, (c) => [metricsQuery(c, context), sessionsQuery(c, context)]);
    return undefined;
  } catch (error) {
    return error;
  }
}

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
