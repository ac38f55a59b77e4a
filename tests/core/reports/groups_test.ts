/** Tests of `core/reports/groups.ts`: groups add up, and local time is the user's. */

import assert from "node:assert/strict";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { type MetricsQuery, reportMetrics } from "../../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../../core/reports/period.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { Story } from "../../helpers/story.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { type FilledHome, filledHome, HAIKU, ONE, OPUS, TWO } from "../../helpers/filled_home.ts";
import { GROUPINGS } from "../../../core/reports/report_choices.ts";

const COUNTS = [
  "user_prompts",
  "queued_prompts",
  "slash_commands",
  "interruptions",
  "compactions",
  "clears",
  "assistant_messages",
  "tool_uses",
  "lines_added",
  "lines_removed",
  "files_created",
  "created_file_lines",
] as const;

// Calls that name no file have no extension: those groups are a part of the whole.
for (const by of GROUPINGS.filter((grouping) => grouping !== "extension")) {
  for (const period of ["24h", "30d", "all"]) {
    Deno.test(`readGroups() by ${by} adds up to the totals of ${period}`, async () => {
      await using home = await filledHome();

      const { totals, groups } = ask(home, period, { groupBy: by });

      for (const name of COUNTS) {
        const parts = groups!.map((group) => group.totals[name]);
        if (parts.every((part) => part === null)) continue;
        assert.equal(parts.reduce((sum, part) => sum! + part!, 0), totals[name], name);
      }
      const output = groups!.map((group) => group.totals.tokens.output);
      if (by === "tool" || by === "mode") assert.deepEqual(new Set(output), new Set([null]));
      else assert.equal(output.reduce((sum, part) => sum! + part!, 0), totals.tokens.output);
    });
  }
}

Deno.test("readGroups() has the names of totals in each group, and sessions", async () => {
  await using home = await filledHome();

  const { totals, groups } = ask(home, "all", { groupBy: "project" });

  assert.deepEqual(
    Object.keys(totals).filter((name) => !(name in groups![0]!.totals)),
    [],
  );
});

Deno.test("readGroups() by tool knows no tokens, prompts or responses", async () => {
  await using home = await filledHome();

  const { groups } = ask(home, "all", { groupBy: "tool" });
  const edit = groups!.find(({ key }) => key === "Edit")!;

  assert.deepEqual(groups!.map(({ key }) => key).sort(), ["Bash", "Edit", "Read", "Write"]);
  assert.equal(edit.totals.tool_uses, 3);
  assert.equal(edit.totals.lines_added, 12);
  assert.deepEqual([edit.rates.rejection?.value, edit.rates.rejection?.n], [0.333333, 3]);
  assert.equal(edit.totals.assistant_messages, null);
  assert.equal(edit.totals.user_prompts, null);
  assert.equal(edit.totals.tokens_by_model, null);
  assert.equal(edit.rates.cache_hit, null);
});

Deno.test("readGroups() by extension names tools, and not the extension", async () => {
  await using home = await filledHome([
    makeToolUse({ id: "u1", use: "u1", tool: "Edit", extension: "ts" }),
    makeToolUse({ id: "u2", use: "u2", tool: "Read", extension: "ts" }),
    makeToolResult({ id: "r1", use: "u1", outcome: "failed" }),
    makeToolResult({ id: "r2", use: "u2", outcome: "rejected" }),
  ]);

  const { key, totals } = ask(home, "all", { groupBy: "extension" }).groups![0]!;

  assert.equal(key, "ts");
  assert.deepEqual(totals.tool_uses_by_name, { Edit: 1, Read: 1 });
  assert.deepEqual(totals.tool_errors_by_name, { Edit: 1, Read: 1 });
  assert.deepEqual(totals.rejections_by_name, { Read: 1 });
});

Deno.test("readGroups() by model knows tools and no prompts", async () => {
  await using home = await filledHome();

  const { groups } = ask(home, "all", { groupBy: "model" });

  assert.deepEqual(
    groups!.map(({ key, totals }) => [key, totals.tokens.output, totals.assistant_messages]),
    [[HAIKU, 1040, 2], [OPUS, 300, 2], ["gpt-5", 300, 1], ["unknown", null, null]],
  );
  assert.deepEqual(
    groups!.map(({ totals, rates }) => [totals.tool_uses, totals.lines_added, rates.error?.n]),
    [[3, 0, 2], [5, 12, 4], [0, 0, undefined], [1, 0, 1]],
  );
  for (const { totals } of groups!) assert.equal(totals.user_prompts, null);
});

Deno.test("readGroups() by model tells what the cost of each went to", async () => {
  await using home = await filledHome();

  const { groups } = ask(home, "all", { groupBy: "model" });
  const costs = Object.fromEntries(
    groups!.map(({ key, totals }) => [key, totals.cost_by_outcome_usd]),
  );

  // 3,675 to three calls, 5,100 to two; 230 to two (one unfinished), 5,100 to one that failed.
  assert.deepEqual(costs, {
    [OPUS]: {
      edits_accepted: 0.003775,
      edits_rejected: 0.001225,
      calls_ok: 0.00255,
      calls_failed: 0.001225,
    },
    [HAIKU]: { edits_accepted: 0.000115, calls_failed: 0.0051, unfinished: 0.000115 },
    "gpt-5": { unlinked: 0.003038 },
    unknown: null,
  });
});

Deno.test("readGroups() by mode puts calls of which no mode is told by themselves", async () => {
  await using home = await filledHome([
    makeToolUse({ id: "u1", use: "u1", mode: "plan" }),
    makeToolUse({ id: "u2", use: "u2" }),
  ]);

  const { groups } = ask(home, "all", { groupBy: "mode" });

  assert.deepEqual(groups!.map(({ key, totals }) => [key, totals.tool_uses]), [
    ["plan", 1],
    ["unknown", 1],
  ]);
});

Deno.test("readGroups() by project tells the label, where there is one", async () => {
  await using home = await filledHome();

  const { groups } = ask(home, "all", {
    groupBy: "project",
    labels: new Map([[ONE, "blueplane"]]),
  });
  const labels = Object.fromEntries(groups!.map(({ key, label }) => [key, label]));

  assert.deepEqual(labels, { [ONE]: "blueplane", [TWO]: undefined, unknown: undefined });
});

Deno.test("readGroups() by platform filters as its report does", async () => {
  await using home = await filledHome();

  const { groups } = ask(home, "all", { groupBy: "platform", platform: "cursor" });

  assert.deepEqual(groups!.map(({ key }) => key), ["cursor"]);
  assert.equal(groups![0]!.totals.user_prompts, 1);
});

Deno.test("readGroups() by model knows only that model, when one is asked for", async () => {
  await using home = await filledHome();

  for (const groupBy of ["model", "project", "day"] as const) {
    const { groups, totals } = ask(home, "all", { groupBy, model: OPUS });
    const output = groups!.reduce((sum, group) => sum + group.totals.tokens.output!, 0);
    assert.equal(output, totals.tokens.output, groupBy);
    const uses = groups!.reduce((sum, group) => sum + group.totals.tool_uses!, 0);
    assert.equal(uses, totals.tool_uses, groupBy);
  }
});

Deno.test("readGroups() by tool tells calls of one model, when that is asked for", async () => {
  await using home = await filledHome();

  const { groups } = ask(home, "all", { groupBy: "tool", model: OPUS });

  assert.deepEqual(groups!.map(({ key, totals }) => [key, totals.tool_uses]), [
    ["Edit", 3],
    ["Bash", 1],
    ["Read", 1],
  ]);
});

for (const by of ["hour", "hour-of-day", "day", "week", "month", "weekday"] as const) {
  Deno.test(`readGroups() by ${by} is in the order of time, each key once`, async () => {
    await using home = await filledHome();

    const keys = ask(home, "all", { groupBy: by }).groups!.map(({ key }) => key);

    assert.deepEqual(keys, [...new Set(keys)].sort());
  });
}

Deno.test("readGroups() is empty, when nothing happened", async () => {
  await using home = await filledHome([]);

  for (const groupBy of GROUPINGS) {
    assert.deepEqual(ask(home, "24h", { groupBy }).groups, [], groupBy);
  }
});

Deno.test("readGroups() makes numbers of a group anew where something in it changed", async () => {
  await using home = await filledHome();
  for (const groupBy of ["hour", "hour-of-day", "week"] as const) {
    const known = new Set(ask(home, "all", { groupBy }).groups!.map(({ totals }) => totals));
    const event = { id: `new-${groupBy}`, session: "s1", at: home.clock.now() - 1000 };
    await home.tell(makePrompt({ ...event, project: "1d" }));

    const { groups } = ask(home, "all", { groupBy });

    assert.equal(groups!.filter(({ totals }) => !known.has(totals)).length, 1, groupBy);
  }
});

function ask(home: FilledHome, period: string, more: Partial<MetricsQuery>) {
  const now = home.clock.now();
  return reportMetrics(home.db, { period: rollingPeriod(period, now), now, ...more });
}

Deno.test("readGroups() knows no cost of tools, when no response told its usage", async () => {
  const response = { id: "mute", stop: null, calls: 1, at: NOON };
  const call = { id: "call", use: "u1", message: "mute", at: NOON };
  await using home = await filledHome([makeResponse(response), makeToolUse(call)]);

  const { groups } = ask(home, "all", { groupBy: "tool" });

  const { cost_usd, failed_tokens, tool_uses } = groups![0]!.totals;
  assert.deepEqual([cost_usd, failed_tokens, tool_uses], [null, null, 1]);
});

for (const groupBy of ["model", "project", "platform", "day"] as const) {
  Deno.test(`readGroups() by ${groupBy} says where a session tells no tokens`, async () => {
    const mute = { session: "mute", project: ONE, model: OPUS, stop: null, at: NOON };
    const told = { project: TWO, model: HAIKU, output: 5 };
    await using home = await filledHome([
      makeResponse({ id: "a", ...mute }),
      makeResponse({ id: "b", session: "beside", project: ONE, model: OPUS, output: 5 }),
      makeResponse({
        id: "c",
        session: "else",
        ...told,
        platform: "cursor",
        at: NOON - 86_400_000,
      }),
    ]);
    const unknown = { reason: "not_kept_by_platform", sessions: null, platforms: null };

    const unknowns = (at?: Partial<MetricsQuery>) =>
      ask(home, "all", { groupBy, ...at }).groups!.map(({ totals }) => totals.unknown);

    const known = unknowns().filter(({ tokens }) => tokens === undefined);
    assert.deepEqual(known, [{}]);
    assert.deepEqual(unknowns({ session: "mute" }), [{ tokens: unknown, cost_usd: unknown }]);
    assert.deepEqual(unknowns({ session: "beside" }), [{}]);
    await home.tell(makeResponse({ id: "d", ...mute, message: "d", output: 1, at: NOON + 1 }));
    assert.deepEqual(unknowns(), [{}, {}]);
  });
}

for (const groupBy of GROUPINGS) {
  Deno.test(`readGroups() by ${groupBy} knows no tokens where hooks alone tell`, async () => {
    const hooked = { session: "hooked", project: ONE, at: NOON - 86_400_000 };
    const told = { project: TWO, platform: "cursor" };
    await using home = await filledHome([
      ofHook(makePrompt({ id: "p", ...hooked }), "UserPromptSubmit"),
      ofHook(makeToolUse({ id: "u", use: "u", extension: "md", ...hooked }), "PostToolUse"),
      makeResponse({ id: "r", ...told, output: 5 }),
      makeToolUse({ id: "v", use: "v", extension: "ts", tool: "Read", ...told, message: "r" }),
    ]);

    const { groups } = ask(home, "all", { groupBy });
    const { groups: [alone] = [] } = ask(home, "all", { groupBy, session: "hooked" });

    const { cost_usd, tokens, unknown } = alone!.totals;
    assert.deepEqual([cost_usd, ...Object.values(tokens)], [null, null, null, null, null]);
    const isOfCalls = ["tool", "extension", "mode"].includes(groupBy);
    assert.deepEqual(Object.keys(unknown), isOfCalls ? [] : ["tokens", "cost_usd"]);
    assert.equal(unknown.tokens?.reason, isOfCalls ? undefined : "not_read");
    const open = groups!.filter(({ totals }) => totals.unknown.tokens !== undefined);
    assert.equal(open.length, isOfCalls ? 0 : 1);
  });
}

function ofHook(event: TelemetryEvent, name: string): TelemetryEvent {
  return { ...event, hookType: literal(name) };
}

for (const filter of [{}, { platform: "claude_code" }, { session: "s1" }]) {
  const by = Object.keys(filter)[0] ?? "nothing";
  Deno.test(`readGroups() has a search with its model, as totals have, by ${by}`, async () => {
    await using home = await filledHome(
      new Story("s1").prompt().response({ model: OPUS, output: 100 })
        .call("WebSearch", { message: "s1-1", searches: 2 })
        .response({ model: HAIKU, output: 100 }).events,
    );
    const { totals, groups } = reportMetrics(home.db, {
      ...filter,
      period: rollingPeriod("all", home.clock.now()),
      now: home.clock.now(),
      groupBy: "model",
    });
    const [session] = reportSessions(home.db, {}).sessions;
    const told = (of: typeof totals.tokens_by_model) =>
      Object.fromEntries(
        Object.entries(of!).map(([name, { cost_usd, web_searches }]) => [
          name,
          [cost_usd, web_searches],
        ]),
      );
    const expected: Record<string, number[]> = { [OPUS]: [0.0225, 2], [HAIKU]: [0.0005, 0] };
    assert.deepEqual(told(totals.tokens_by_model), expected);
    assert.deepEqual(told(session!.tokens_by_model), expected);
    for (const { key, totals } of groups!) {
      assert.deepEqual([totals.cost_usd, totals.web_searches], expected[key]);
      assert.deepEqual(told(totals.tokens_by_model), { [key]: expected[key] });
    }
    assert.deepEqual([totals.cost_usd, totals.web_searches], [0.023, 2]);
  });
}

Deno.test("readGroups() has what a search of no model cost", async () => {
  await using home = await filledHome(
    new Story("s1").prompt().response({ model: OPUS, output: 100 })
      .call("WebSearch", { searches: 1 }).events,
  );
  const now = home.clock.now();
  const { totals, groups } = reportMetrics(home.db, {
    period: rollingPeriod("all", now),
    now,
    groupBy: "model",
  });
  const costs = Object.fromEntries(groups!.map(({ key, totals }) => [key, totals.cost_usd]));
  assert.deepEqual(costs, { [OPUS]: 0.0025, unknown: 0.01 });
  assert.equal(totals.cost_usd, 0.0125);
});
