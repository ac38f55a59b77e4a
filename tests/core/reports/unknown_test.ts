/** Tests of `core/reports/unknown.ts`: what is not told, and why. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import {
  readSessionsUntold,
  readSilent,
  readUnread,
  readUntold,
  SOME_UNTOLD,
  someUntold,
  unknownsOf,
} from "../../../core/reports/unknown.ts";
import { literal, type SafeText } from "../../../core/privacy.ts";
import { makeEvent, makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const other = { session: "x", platform: "cursor" };
const events = [
  makeResponse({ id: "a", session: "known", input: 10, output: 5 }),
  makePrompt({ id: "p", ...other }),
  makeEvent("assistant_response", { id: "b", ...other }, {
    model: "gpt-5" as SafeText,
    tokens: "not_kept" as SafeText,
  }),
];
const reason = { reason: "not_kept_by_platform", sessions: 1, platforms: ["cursor"] };

Deno.test("readUntold() counts the sessions of a period whose tokens are not kept", async () => {
  await using home = await filledHome(events);
  const period = { from: NOON - 1, to: NOON + 1 };

  assert.deepEqual(readUntold(home.db, period, {}), { sessions: 1, platforms: ["cursor"] });
  assert.equal(readUntold(home.db, period, { platform: "claude_code" }).sessions, 0);
  assert.equal(readUntold(home.db, period, { model: "gpt-5" }).sessions, 1);
  assert.equal(readUntold(home.db, { from: NOON + 5, to: NOON + 9 }, {}).sessions, 0);
});

Deno.test("readSessionsUntold() tells of each session whose tokens are not kept", async () => {
  await using home = await filledHome(events);
  const { id } = home.db.prepare("select id from sessions where session_id = 'x'").get()!;
  const known = home.db.prepare("select id from sessions where session_id = 'known'").get()!.id;

  const untold = readSessionsUntold(home.db, [id as number, known as number, 999]);

  assert.deepEqual([...untold], [[id, { sessions: 1, platforms: ["cursor"] }]]);
});

Deno.test("unknownsOf() says nothing, where all is known", () => {
  assert.deepEqual(unknownsOf([], null), { unknown: {}, isNothingKnown: false });
  assert.deepEqual(unknownsOf([], { sessions: 0, platforms: [] }).unknown, {});
});

Deno.test("unknownsOf() says that there are some, where they are not told apart", () => {
  const { tokens, cost_usd } = unknownsOf([], SOME_UNTOLD).unknown;

  assert.deepEqual(tokens, { ...reason, sessions: null, platforms: null });
  assert.deepEqual(cost_usd, tokens);
});

Deno.test("unknownsOf() reaches sessions, totals and groups alike", async () => {
  await using home = await filledHome(events);
  const query = { period: rollingPeriod("all", NOON + 1), now: NOON + 1 };

  const sessions = new Map(
    reportSessions(home.db).sessions.map((session) => [session.session_id, session]),
  );
  assert.deepEqual(sessions.get("x")!.unknown, { tokens: reason, cost_usd: reason });
  assert.deepEqual([sessions.get("x")!.tokens.input, sessions.get("x")!.cost_usd], [null, null]);
  assert.deepEqual(sessions.get("x")!.models, ["gpt-5"]);
  assert.deepEqual(sessions.get("known")!.unknown, {});
  const all = reportMetrics(home.db, { ...query, groupBy: "platform" });
  assert.deepEqual(all.totals.unknown, { tokens: reason, cost_usd: reason });
  assert.equal(all.totals.tokens.input, 10);
  const group = all.groups!.find(({ key }) => key === "cursor")!;
  assert.deepEqual([group.totals.tokens.input, group.totals.cost_usd], [null, null]);
  assert.equal(group.totals.unknown.tokens!.reason, reason.reason);
  const alone = reportMetrics(home.db, { ...query, platform: "cursor" }).totals;
  assert.deepEqual([alone.tokens.output, alone.cost_usd], [null, null]);
});

Deno.test("readUntold() counts sessions of which hooks alone tell", async () => {
  const hook = (type: "user_prompt" | "tool_use", id: string, session: string) => ({
    ...makeEvent(type, { id, session }, { tool: literal("Edit"), tool_use_id: literal(id) }),
    hookType: literal("PostToolUse"),
  });
  await using home = await filledHome([
    hook("user_prompt", "h1", "hooked"),
    hook("tool_use", "h2", "hooked"),
    hook("tool_use", "h3", "called"),
    hook("user_prompt", "h4", "begun"),
    hook("tool_use", "h5", "begun"),
    makePrompt({ id: "p1", session: "begun" }),
  ]);

  const { sessions } = reportSessions(home.db);
  const told = sessions.map(({ session_id, user_prompts, tokens, cost_usd }) =>
    [session_id, user_prompts, tokens.output, cost_usd] as const
  );
  assert.deepEqual(told.toSorted(), [
    ["begun", 1, 0, 0],
    ["called", 0, null, null],
    ["hooked", 1, null, null],
  ]);
  const period = { from: NOON - 1, to: NOON + 1 };
  assert.equal(readUntold(home.db, period, {}).sessions, 2);
  for (const filter of [{}, { platform: "claude_code" }]) {
    assert.equal(readUntold(home.db, period, filter).reason, "not_read");
    assert.equal(readUnread(home.db, period, filter).size, 2);
  }
  const reasons = sessions.map(({ session_id, unknown }) =>
    [session_id, unknown.tokens?.reason, unknown.cost_usd?.reason] as const
  );
  assert.deepEqual(reasons.toSorted(), [
    ["begun", undefined, undefined],
    ["called", "not_read", "not_read"],
    ["hooked", "not_read", "not_read"],
  ]);
  await home.tell(...events);
  assert.equal(readUntold(home.db, period, {}).reason, undefined);
});

Deno.test("someUntold() tells of none, of such as were not read, or of any", () => {
  const silent = new Set([1, 2]), unread = new Set([2]);

  assert.equal(someUntold([3], silent, unread), null);
  assert.deepEqual(someUntold([2, 3], silent, unread), { reason: "not_read", ...SOME_UNTOLD });
  assert.deepEqual(someUntold([1, 2], silent, unread), SOME_UNTOLD);
});

Deno.test("readUntold() counts sessions whose responses tell no usage", async () => {
  await using home = await filledHome([
    makeResponse({ id: "a", session: "known", input: 10, output: 5 }),
    makeResponse({ id: "b", session: "known", stop: null }),
    makeResponse({ id: "c", session: "mute", stop: null }),
  ]);
  const told = { sessions: 1, platforms: ["claude_code"] };

  assert.deepEqual(readUntold(home.db, { from: NOON - 1, to: NOON + 1 }, {}), told);
  const filter = { platform: "claude_code" };
  assert.deepEqual(readUntold(home.db, { from: NOON - 1, to: NOON + 1 }, filter), told);
  const { sessions } = reportSessions(home.db);
  const of = (id: string) => sessions.find(({ session_id }) => session_id === id)!.unknown;
  assert.equal(of("mute").tokens?.sessions, 1);
  assert.deepEqual(of("known"), {});
});

Deno.test("readSilent() are those without usage, and not of who keeps none", async () => {
  await using home = await filledHome([
    ...events,
    makeResponse({ id: "c", session: "mute", stop: null, at: NOON }),
  ]);
  const { id } = home.db.prepare("select id from sessions where session_id = 'mute'").get()!;
  const period = { from: NOON - 1, to: NOON + 1 };

  for (const filter of [{}, { platform: "claude_code" }]) {
    assert.deepEqual([...readSilent(home.db, period, filter)], [id]);
  }
  assert.equal(readSilent(home.db, period, { platform: "cursor" }).size, 0);
  assert.equal(readSilent(home.db, { from: NOON + 5, to: NOON + 9 }, {}).size, 0);
});
