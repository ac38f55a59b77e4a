/** Tests of `web/prometheus.ts`: text that Prometheus reads, and that names nobody's work. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { rollingPeriod } from "../../core/reports/period.ts";
import { prometheusText } from "../../web/prometheus.ts";
import { type FilledHome, filledHome, HAIKU, ONE, OPUS } from "../helpers/filled_home.ts";
import { makeResponse } from "../helpers/events.ts";
import { Story } from "../helpers/story.ts";
import { webContext } from "./open_web.ts";

interface Sample {
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: Sample[];
}

/** Reads the text as the format 0.0.4 has it, and as promtool asks for. */
function parse(text: string): ReadonlyMap<string, Family> {
  assert.ok(text.endsWith("\n"));
  const families = new Map<string, Family>();
  let help: RegExpExecArray | null = null, open: string | undefined;
  for (const line of text.slice(0, -1).split("\n")) {
    const told = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line);
    const typed = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)$/.exec(line);
    if (told) help = told;
    else if (typed) {
      const [, name, type] = typed;
      assert.equal(help?.[1], name, "HELP stands before TYPE");
      assert.ok(!families.has(name!), `${name} is told once`);
      assert.equal(name!.endsWith("_total"), type === "counter", name);
      families.set(name!, { type: type!, help: help![2]!, samples: [] });
      open = name;
    } else {
      const [, name, labels = "", value] =
        /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.+)\})? (\S+)$/.exec(line) ?? assert.fail(line);
      assert.equal(name, open, "samples stand under their TYPE");
      const pairs = [...labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/g)];
      assert.equal(pairs.map(([pair]) => pair).join(""), labels, line);
      assert.ok(Number.isFinite(Number(value)), line);
      const named = new Map(pairs.map(([, label, text]) => [label!, text!]));
      families.get(name!)!.samples.push({ labels: named, value: Number(value) });
    }
  }
  return families;
}

function textOf(home: FilledHome, version = "0.1.0"): string {
  return prometheusText(webContext(home, { version }), home.clock.now());
}

Deno.test("prometheusText() is text that Prometheus reads, each sample once", async () => {
  await using home = await filledHome();

  const families = parse(textOf(home));

  for (const [name, { samples, help }] of families) {
    assert.match(name, /^blueplane_/);
    assert.ok(help.length > 8 && samples.length > 0, name);
    const keys = samples.map(({ labels }) => JSON.stringify([...labels].sort()));
    assert.equal(new Set(keys).size, keys.length, name);
  }
});

Deno.test("prometheusText() leaves out the tokens of a model that tells none", async () => {
  await using home = await filledHome([
    makeResponse({ id: "a", model: OPUS, input: 3 }),
    makeResponse({ id: "b", model: HAIKU, stop: null }),
  ]);
  const families = parse(textOf(home));
  const models = (name: string) => [
    ...new Set(families.get(name)!.samples.map(({ labels }) => labels.get("model"))),
  ];
  assert.deepEqual(models("blueplane_tokens_total"), [OPUS]);
  assert.deepEqual(models("blueplane_cost_usd_total"), [OPUS]);
  assert.deepEqual(models("blueplane_responses_total").toSorted(), [HAIKU, OPUS].toSorted());
});

Deno.test("prometheusText() tells the totals of the report", async () => {
  await using home = await filledHome();
  const now = home.clock.now();
  const { totals } = reportMetrics(home.db, { period: rollingPeriod("all", now), now });

  const families = parse(textOf(home));

  const sum = (name: string, of: Record<string, string> = {}) =>
    families.get(`blueplane_${name}`)!.samples
      .filter(({ labels }) =>
        Object.entries(of).every(([key, value]) => labels.get(key) === value)
      )
      .reduce((all, { value }) => all + value, 0);
  assert.equal(sum("sessions_total"), totals.sessions);
  assert.equal(sum("tokens_total", { kind: "output" }), totals.tokens.output);
  assert.equal(sum("responses_total", { model: OPUS }), totals.tokens_by_model![OPUS]!.messages);
  assert.ok(sum("tokens_total", { model: HAIKU }) > 0);
  assert.equal(sum("tool_calls_total"), totals.tool_uses);
  assert.equal(sum("tool_results_total", { outcome: "failed" }), 2);
  assert.equal(sum("edits_total", { verdict: "rejected" }), totals.acceptance.rejected);
  assert.ok(Math.abs(sum("cost_usd_total") - totals.cost_usd!) < 1e-6);
});

Deno.test("prometheusText() names no project and no session", async () => {
  await using home = await filledHome();

  const text = textOf(home);

  assert.doesNotMatch(text, new RegExp(`${ONE}|blueplane"|alpha|beta`));
});

Deno.test("prometheusText() leaves out what is not known", async () => {
  await using home = await filledHome([]);

  const families = parse(textOf(home));

  assert.equal(families.get("blueplane_day_rate"), undefined);
  assert.equal(families.get("blueplane_sessions_total")!.samples[0]!.value, 0);
});

Deno.test("prometheusText() escapes what a label may not hold", async () => {
  await using home = await filledHome([]);

  const { samples } = parse(textOf(home, 'a"b\\c\nd')).get("blueplane_build_info")!;

  assert.equal(samples[0]!.labels.get("version"), 'a\\"b\\\\c\\nd');
});

Deno.test("prometheusText() tells of exports that wait or were dropped", async () => {
  await using home = await filledHome([]);
  const exportsHeld = () => ({ waiting: 2, excluded: 3, unknown: 4 });
  const context = webContext(home, { exportsHeld });

  const families = parse(prometheusText(context, home.clock.now()));

  const of = (name: string) => families.get(name)!.samples.map(({ value }) => value);
  assert.deepEqual(of("blueplane_exports_waiting"), [2]);
  assert.deepEqual(of("blueplane_exports_dropped_total"), [3, 4]);
});

Deno.test("prometheusText() has the cost of all, with that of searches", async () => {
  await using home = await filledHome(
    new Story("s1").prompt().response({ model: OPUS, output: 100 })
      .call("WebSearch", { message: "s1-1", searches: 2 })
      .call("WebSearch", { searches: 1 }).events,
  );
  const { samples } = parse(textOf(home)).get("blueplane_cost_usd_total")!;
  const costs = Object.fromEntries(
    samples.map(({ labels, value }) => [labels.get("model"), value]),
  );
  assert.deepEqual(costs, { [OPUS]: 0.0225, unknown: 0.01 });
});
