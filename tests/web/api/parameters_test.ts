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
import { filledHome, ONE } from "../../helpers/filled_home.ts";
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

Deno.test("filterOf() takes a session by how its id begins, if there is one", async () => {
  await using home = await filledHome();
  const ask = (session: string) => filterOf(readGiven(FILTER, { session }), webContext(home));

  assert.equal(ask("alph").session, "alpha");
  assert.equal(ask("last").session, "alpha");
  assert.throws(() => ask("nosuch"), MissingError);
});

Deno.test("periodOf() takes two moments before a period's name", () => {
  const ask = (given: Record<string, string>) => periodOf(readGiven(PERIOD, given), NOON);

  assert.equal(ask({}), undefined);
  assert.deepEqual(ask({ period: "1h" }), { from: NOON - 3_600_000, to: NOON + 1 });
  assert.equal(ask({ period: "1h", since: "2026-02-01T00:00Z" })?.from, Date.UTC(2026, 1, 1));
  assert.throws(() => ask({ since: "yesterday" }), RequestError);
  assert.throws(() => ask({ since: "2026-02-02", until: "2026-02-01" }), RequestError);
});

Deno.test("periodOrDay() is the last day, when nothing is said", () => {
  const { from } = periodOrDay(readGiven(PERIOD, {}), NOON);

  assert.equal(from, NOON - 86_400_000);
});
