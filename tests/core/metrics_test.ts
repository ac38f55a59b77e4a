/** Tests of the catalogue: it tells of every number of the real documents, and of no other. */

import assert from "node:assert/strict";
import {
  groupNumbers,
  isSingle,
  metricOf,
  METRICS,
  numberAt,
  sourcesOf,
} from "../../core/metrics.ts";
import type { SafeText } from "../../core/privacy.ts";
import { liveNumbers } from "../../core/reports/live_numbers.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { reportSession } from "../../core/reports/session_report.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import {
  keptNowhere,
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../helpers/events.ts";
import { exportedEvents } from "../helpers/exports.ts";
import { type FilledHome, filledHome, HAIKU, knownEvents, ONE } from "../helpers/filled_home.ts";

const DAY_MS = 86_400_000;
const MIDNIGHT = Date.UTC(2026, 2, 1);
/** Words, and what has no number yet. */
const WORDS = new RegExp(
  [
    String.raw`^(schema|period)\b`,
    String.raw`^sessions\[\]\.(session_id|platform|project_id|project_label|started_at)$`,
    String.raw`^sessions\[\]\.(ended_at|forked_from)$`,
    String.raw`^sessions\[\]\.(models|versions|modes)\b`,
    String.raw`^critical_path\.(waited_for|longest)\[\]\.(tool|of_subagent)$`,
    String.raw`^usage\.(models\.preferred|pace\.new_input_per_output_band)$`,
  ].join("|"),
);

/** Events of all that only some clients tell. */
function fullEvents() {
  const safe = (text: string) => text as SafeText;
  const of = (id: string) => ({ id, session: "alpha", project: ONE, at: NOON + 110_000 });
  return [
    ...knownEvents(),
    ...attributedEvents(),
    ...exportedEvents("alpha", NOON + 100_000),
    ...[1, 2, 3].flatMap((day) => dayOfCalls(day)),
    keptNowhere({ ...of("untold"), session: "plain", platform: "cursor" }),
    makeResponse({ ...of("old"), session: "beta", at: NOON - 30 * 3_600_000 }),
    makeEvent("tool_use", of("u1"), {
      tool_use_id: safe("u1"),
      tool: safe("Edit"),
      file: safe("00ff00ff00ff00ff"),
      file_extension: safe("ts"),
    }),
    makeEvent("tool_result", of("r1"), {
      tool_use_id: safe("u1"),
      outcome: safe("ok"),
      duration_ms: 5,
    }),
    makeEvent("tool_use", of("u2"), {
      tool_use_id: safe("u2"),
      tool: safe("Agent"),
      agent_type: safe("Explore"),
    }),
    makeEvent("tool_result", of("r2"), {
      tool_use_id: safe("u2"),
      outcome: safe("failed"),
      error_class: safe("timeout"),
    }),
    makeEvent("hunks_reviewed", of("h"), { review_id: safe("h"), hunks_accepted: 2 }),
    makeEvent("daily_lines", { id: "d", session: "daily", at: MIDNIGHT }, {
      tab_suggested_lines: 3,
    }),
    makeEvent("tracked_lines", { ...of("t"), session: "code" }, {
      source: safe("tab"),
      file_extension: safe("ts"),
      lines: 4,
    }),
    makeEvent("scored_commit", { ...of("c"), session: "code" }, { commit: safe("abc") }),
    makeEvent("session_state", of("s"), {
      context_tokens: 20,
      context_limit: 200,
      reported_lines_added: 7,
      estimated_cost_micros: 5,
    }),
    makeEvent("assistant_response", of("e"), {
      message_id: safe("e"),
      model: safe(HAIKU),
      tokens: safe("estimated"),
      input_tokens: 4,
      output_tokens: 5,
    }),
  ];
}

/** What only newer clients and hooks tell: on whose account a response goes, and a start. */
function attributedEvents() {
  const safe = (text: string) => text as SafeText;
  const of = (id: string) => ({ id, session: "alpha", project: ONE, at: NOON + 120_000 });
  const response = makeResponse({ ...of("at"), model: HAIKU, input: 5 });
  const call = makeEvent("tool_use", of("mcp"), {
    tool_use_id: safe("mcp"),
    tool: safe("mcp:0badcafe"),
    mcp_server: safe("mcp:1badcafe"),
  });
  const start = makeEvent("session_start", { ...of("start"), session: "days" }, {
    source: safe("startup"),
  });
  return [
    {
      ...response,
      payload: {
        ...response.payload,
        agent_type: safe("Explore"),
        skill: safe("debug"),
        mcp_server: safe("mcp:1badcafe"),
        effort: safe("high"),
      },
    },
    call,
    { ...start, hookType: safe("SessionStart") },
  ];
}

/** So many calls that a day counts for the trend, in a turn as on other days. */
function dayOfCalls(day: number) {
  const typed = makePrompt({ id: `p${day}`, session: "days", at: NOON - day * DAY_MS });
  const calls = [1, 2, 3, 4, 5].flatMap((call) => {
    const place = { use: `d${day}-${call}`, session: "days", at: NOON - day * DAY_MS + call };
    return [
      makeToolUse({ ...place, id: `${place.use}-use`, tool: "Grep" }),
      makeToolResult({ ...place, id: `${place.use}-end` }),
    ];
  });
  return [typed, ...calls];
}

function documentsOf({ db, clock }: FilledHome) {
  const now = clock.now();
  const metrics = reportMetrics(db, { period: { from: NOON - 4 * DAY_MS, to: now + 1 }, now });
  const { critical_path } = reportSession(db, "alpha")!;
  return { metrics, sessions: reportSessions(db, { limit: 0 }), analyze: { critical_path } };
}

/** The path of each number, and of each null that may be one. */
function leaves(value: unknown, path = ""): { path: string; isNull: boolean }[] {
  if (value === null) return [{ path, isNull: true }];
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, `${path}[]`));
  if (typeof value === "object") {
    return Object.entries(value!).flatMap(([name, below]) =>
      leaves(below, path === "" ? name : `${path}.${name}`)
    );
  }
  return typeof value === "string" ? [] : [{ path, isNull: false }];
}

function pathsOf(document: "metrics" | "sessions" | "analyze") {
  return METRICS.flatMap(({ id, foundIn, parts }) => {
    const path = foundIn[document];
    if (path === null) return [];
    const paths = parts.length === 0 ? [path] : parts.map((part) => `${path}.${part}`);
    return paths.map((each) => {
      const text = each.replace(/[.[\]]/g, "\\$&").replaceAll(/<\w+>/g, "[^.]+");
      return { id, path: each, pattern: new RegExp(`^${text}$`) };
    });
  });
}

for (const name of ["metrics", "sessions", "analyze"] as const) {
  Deno.test(`METRICS() tells of each number of ${name} once, and of no other`, async () => {
    await using home = await filledHome(fullEvents());
    const found = leaves(documentsOf(home)[name]).filter(({ path }) => !WORDS.test(path));
    const entries = pathsOf(name);
    const untold = found.filter(({ path, isNull }) => {
      const telling = entries.filter(({ pattern }) => pattern.test(path)).length;
      // What is null as a whole has no numbers in it.
      const isAbove = isNull && entries.some((entry) => entry.path.startsWith(`${path}.`));
      return telling !== 1 && !isAbove;
    });
    const idle = entries.filter(({ pattern }) => !found.some(({ path }) => pattern.test(path)));

    assert.deepEqual([...new Set(untold.map(({ path }) => path))], []);
    assert.deepEqual(idle.map(({ path }) => path), []);
  });
}

Deno.test("METRICS() has a name of its own for each number, and says all of it", () => {
  const ids = METRICS.map(({ id }) => id);

  assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
  assert.deepEqual(ids.filter((id) => !/^[a-z][a-z0-9_]*$/.test(id)), []);
  for (const { id, title, meaning, formula, facts, foundIn } of METRICS) {
    assert.ok([title, meaning, formula].every((text) => text.length > 2), id);
    assert.match(meaning, /^[A-Z].*[^.]$/, id);
    assert.ok(facts.length > 0, id);
    assert.ok(foundIn.metrics ?? foundIn.sessions ?? foundIn.analyze, id);
  }
});

Deno.test("METRICS() knows every number that a live picture has", async () => {
  await using home = await filledHome(fullEvents());
  const { metrics } = documentsOf(home);
  const known = new Set(METRICS.flatMap(({ id, parts }) => {
    const stem = id.replace(/_rate$/, "");
    return [id, ...parts.map((part) => `${stem}_${part}`)];
  }));

  const names = Object.keys(liveNumbers(metrics)).map((name) => name.replace(/^change_/, ""));

  assert.deepEqual(names.filter((name) => !known.has(name)), ["output_is_lower_bound"]);
});

Deno.test("metricOf() gives the metric of a name, and knows no other", () => {
  assert.equal(metricOf("error_rate").unit, "share");
  assert.throws(() => metricOf("errors"), /^RangeError: Cannot tell of a metric/);
});

Deno.test("sourcesOf() names what each platform reads, once, and none that tells nothing", () => {
  const platforms = [
    { id: "one", facts: { tokens: "files, hooks", prompts: "hooks" } },
    { id: "two", facts: { prompts: "files" } },
  ];

  assert.deepEqual(sourcesOf(metricOf("cost_usd"), platforms), [
    { platform: "one", from: "files, hooks" },
    { platform: null, from: "price table" },
  ]);
  assert.deepEqual(sourcesOf(metricOf("user_prompts"), platforms), [
    { platform: "one", from: "hooks" },
    { platform: "two", from: "files" },
  ]);
});

Deno.test("numberAt() reads numbers and flags, and null where there is none", () => {
  const document = { rates: { error: { value: 0.5 }, kept: null }, open: false, name: "x" };

  assert.equal(numberAt(document, "rates.error", "value"), 0.5);
  assert.equal(numberAt(document, "rates.kept", "value"), null);
  assert.equal(numberAt(document, "open"), false);
  assert.equal(numberAt(document, "name"), null);
  assert.equal(numberAt(document, "none.at.all"), null);
});

Deno.test("isSingle() is one number's path, and not one for each name or place", () => {
  const paths = ["totals.cost_usd", "tools.<tool>", "daily_lines[].x", null];

  assert.deepEqual(paths.map(isSingle), [true, false, false, false]);
});

Deno.test("groupNumbers() has the single numbers of the sections that are named", () => {
  const rates = groupNumbers("rates"), both = groupNumbers("totals", "rates");

  assert.ok(rates.length > 0 && both.length > rates.length);
  assert.ok(rates.every(({ path, part }) => path.startsWith("rates.") && part === "value"));
  assert.deepEqual(groupNumbers("nothing"), []);
});
