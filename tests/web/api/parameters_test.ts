/** Tests of `web/api/parameters.ts`. */

import assert from "node:assert/strict";
import {
  chosen,
  FILTER,
  filterOf,
  limit,
  OFFSET,
  PERIOD,
  periodOf,
  periodOrDay,
  share,
  splitWords,
  text,
  wordOrAll,
  words,
} from "../../../web/api/parameters.ts";
import { readGiven } from "../../../web/api/route.ts";
import { MissingError, RequestError } from "../../../web/problem.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome, ONE, OPUS } from "../../helpers/filled_home.ts";
import { webContext } from "../open_web.ts";

function takes(schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) {
  return schema.safeParse(value).success;
}

Deno.test("text() takes no more than anybody names something by", () => {
  assert.ok(takes(text(""), "a".repeat(128)));
  assert.ok(!takes(text(""), "a".repeat(129)));
});

Deno.test("limit() takes whole numbers that somebody may read", () => {
  for (const good of ["0", "1", "1000"]) assert.ok(takes(limit(20), good), good);
  for (const bad of ["-1", "1.5", "x", "1001", "1e2", "0x10", " 1", "9".repeat(40)]) {
    assert.ok(!takes(limit(20), bad), bad);
  }
  assert.ok(takes(OFFSET, "1001"));
});

Deno.test("share() takes numbers from 0 to 1", () => {
  for (const good of ["0", "1", "0.5", ".5", "1.0"]) assert.ok(takes(share(""), good), good);
  for (const bad of ["1.1", "-0.1", "x", "2", "1e-1"]) assert.ok(!takes(share(""), bad), bad);
});

Deno.test("wordOrAll() takes all, which chosen() makes nothing of", () => {
  const by = wordOrAll(["tool", "mode"], "");

  assert.deepEqual([chosen(by.parse("all")), chosen(by.parse("mode"))], [undefined, "mode"]);
  assert.ok(!takes(by, "mood"));
});

Deno.test("words() takes words of the list alone, which splitWords() tells apart", () => {
  const tools = words(["edit", "read"], "");

  assert.deepEqual(splitWords(tools.parse("read,edit")), ["read", "edit"]);
  assert.deepEqual(splitWords(tools.parse(undefined)), []);
  assert.ok(!takes(tools, "edit,cat"));
});

Deno.test("filterOf() takes any spelling of a platform, and a project by its label", async () => {
  await using home = await filledHome([]);
  const ask = (given: Record<string, string>) =>
    filterOf(readGiven(FILTER, given), webContext(home));

  const { platform, project } = ask({ platform: "claude", project: "blueplane" });
  assert.deepEqual({ platform, project }, { platform: "claude_code", project: ONE });
  assert.throws(() => ask({ platform: "constructor" }), RequestError);
});

Deno.test("filterOf() takes all filters, and none where they are empty", async () => {
  await using home = await filledHome();
  const ask = (given: Record<string, string>) =>
    filterOf(readGiven(FILTER, given), webContext(home));
  const none = { platform: undefined, project: undefined, session: undefined, model: undefined };

  assert.deepEqual(
    ask({ platform: "claude", project: "blueplane", session: "alpha", model: OPUS }),
    { platform: "claude_code", project: ONE, session: "alpha", model: OPUS },
  );
  assert.deepEqual(ask({ platform: "", project: "", session: "", model: "" }), none);
});

Deno.test("filterOf() takes a session by how its id begins, if there is one", async () => {
  await using home = await filledHome();
  const ask = (session: string) => filterOf(readGiven(FILTER, { session }), webContext(home));

  assert.equal(ask("alph").session, "alpha");
  assert.equal(ask("last").session, "alpha");
  assert.throws(() => ask("nosuch"), MissingError);
});

Deno.test("periodOf() takes a period's name, or moments, and not both", () => {
  const ask = (given: Record<string, string>) => periodOf(readGiven(PERIOD, given), NOON);

  assert.equal(ask({}), undefined);
  assert.deepEqual(ask({ period: "1h" }), { from: NOON - 3_600_000, to: NOON + 1 });
  assert.equal(ask({ since: "2026-02-01T00:00Z" })?.from, Date.UTC(2026, 1, 1));
  for (const other of ["since", "until"]) {
    assert.throws(() => ask({ period: "1h", [other]: "2026-02-01" }), {
      name: "RequestError",
      message: `Cannot use period beside ${other}: leave one of them out`,
    });
  }
  assert.throws(() => ask({ since: "yesterday" }), RequestError);
  assert.throws(() => ask({ since: "2026-02-02", until: "2026-02-01" }), RequestError);
});

Deno.test("periodOf() goes on until now, or has no beginning, when one moment is said", () => {
  const ask = (given: Record<string, string>) => periodOf(readGiven(PERIOD, given), NOON);
  const moment = "2026-02-01T00:00Z", at = Date.UTC(2026, 1, 1);

  assert.deepEqual(ask({ since: moment }), { from: at, to: NOON + 1 });
  assert.deepEqual(ask({ until: moment }), { from: undefined, to: at });
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
  Deno.test(`periodOf() refuses ${said.slice(0, 40)} in few words`, () => {
    const given = Object.fromEntries(new URLSearchParams(said));
    assert.throws(() => periodOf(readGiven(PERIOD, given), NOON), {
      name: "RequestError",
      message: /^Cannot .{1,130}$/,
    });
  });
}

Deno.test("periodOrDay() is the last day, when nothing is said", () => {
  const { from } = periodOrDay(readGiven(PERIOD, {}), NOON);

  assert.equal(from, NOON - 86_400_000);
});
