/** Tests of `web/pages/overview/usage_chart.tsx`. */

import assert from "node:assert/strict";
import { stepsOf, UsageChart } from "../../../../web/pages/overview/usage_chart.tsx";
import { keptNowhere, makeResponse, NOON } from "../../../helpers/events.ts";
import { filledHome, HAIKU, OPUS } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("UsageChart() stacks cost by model first, the dearest at the bottom", async () => {
  const html = await render("/?period=24h");

  assert.match(html, /Cost over time/);
  assert.match(html, /aria-current="true">cost<.*aria-current="true">model</s);
  assert.match(
    html,
    new RegExp(`class="s1"[^>]*></rect></svg>${OPUS}.*class="s2"[^>]*></rect></svg>${HAIKU}`),
  );
});

Deno.test("UsageChart() shows other measures and parts, whose links keep the choice", async () => {
  const html = await render("/?period=all&measure=responses&by=project");

  assert.match(html, /Responses over time/);
  assert.match(html, /<\/svg>blueplane<small>3<\/small><\/li>/);
  assert.match(html, /<\/svg>2d9ccfb7<small>1<\/small><\/li>/);
  assert.match(html, /<\/svg>no project<small>1<\/small><\/li>/);
  assert.match(html, /href="\/\?period=all&amp;measure=responses&amp;by=platform"/);
});

Deno.test("UsageChart() takes what it does not know for the usual", async () => {
  const html = await render("/?measure=constructor&by=toString");

  assert.match(html, /Cost over time/);
});

Deno.test("UsageChart() has the exact numbers in its table, for the script", async () => {
  const html = await render("/?period=all&measure=tokens&by=platform");

  const numbers = [...html.matchAll(/<data value="(\d+)">/g)].map(([, value]) => Number(value));
  assert.ok(numbers.length >= 3 && numbers.every((number) => number > 0));
});

Deno.test("UsageChart() shows six by themselves, and all others together", async () => {
  await using home = await filledHome(
    Array.from(
      { length: 9 },
      (_, i) =>
        makeResponse({ id: `m${i}`, model: `claude-opus-4-${i}`, output: 1000 - i, at: NOON }),
    ),
  );
  const request = await pageRequest(home, "/?measure=tokens");

  const html = String(<UsageChart request={request} steps={stepsOf(request)} />);

  assert.equal(html.match(/class="swatch"/g)?.length, 7);
  assert.match(html, /class="s-other"[^>]*><\/rect><\/svg>3 others<small>/);
});

Deno.test("UsageChart() tells a step whose cost is not known from one without", async () => {
  await using home = await filledHome([
    makeResponse({ id: "m0", model: OPUS, output: 1000, at: NOON - 6 * 3_600_000 }),
    keptNowhere({ id: "x", at: NOON - 3 * 3_600_000 }),
    makeResponse({ id: "m", model: OPUS, output: 1000, at: NOON }),
  ]);
  const request = await pageRequest(home, "/?period=24h&by=platform");

  const html = String(<UsageChart request={request} steps={stepsOf(request)} />);

  const cells = [...html.matchAll(/<td[^>]*>(?:<data[^>]*>)?([^<]*)/g)].map(([, text]) => text);
  // Before anything was recorded nothing is known, either.
  const recorded = cells.slice(cells.findIndex((text) => text !== "–"));
  assert.equal(recorded.filter((text) => text === "–").length, 1);
  assert.equal(recorded[1], "$0.00");
});

Deno.test("UsageChart() marks each cost that may be more, also in its legend", async () => {
  await using home = await filledHome([
    makeResponse({ id: "open", model: OPUS, output: 1000, stop: null, at: NOON - 3_600_000 }),
    makeResponse({ id: "ended", model: OPUS, output: 1000, at: NOON - 6 * 3_600_000 }),
    makeResponse({ id: "small", model: HAIKU, output: 1000, at: NOON }),
  ]);
  const render = async (path: string) => {
    const request = await pageRequest(home, path);
    return String(<UsageChart request={request} steps={stepsOf(request)} />);
  };

  const html = await render("/?period=24h");

  assert.match(html, new RegExp(`${OPUS}<small>≥\\$0\\.05</small>`));
  assert.match(html, new RegExp(`${HAIKU}<small>\\$0\\.005</small>`));
  assert.deepEqual(html.match(/<data value="[^"]*">[^<]*/g)?.map((cell) => cell.split(">")[1]), [
    "$0.03",
    "≥$0.03",
    "$0.005",
  ]);
  assert.match(html, new RegExp(`<title>[^<]*${OPUS} ≥\\$0\\.03</title>`));
  assert.doesNotMatch(await render("/?period=24h&measure=responses"), /≥/);
  const tokens = await render("/?period=24h&measure=tokens");
  assert.match(tokens, new RegExp(`${OPUS}<small>≥2,0\\d\\d</small>`));
  assert.match(tokens, new RegExp(`${HAIKU}<small>1,0\\d\\d</small>`));
});

Deno.test("stepsOf() cuts a period into sixty steps at most", async () => {
  await using home = await filledHome();

  for (const period of ["1h", "24h", "7d", "30d", "all"]) {
    const steps = stepsOf(await pageRequest(home, `/?period=${period}`));
    assert.ok(steps.length >= 2 && steps.length <= 60, `${period}: ${steps.length}`);
  }
});

Deno.test("stepsOf() passes over what is long before anything was recorded", async () => {
  await using home = await filledHome();

  const steps = stepsOf(await pageRequest(home, "/?since=1980-01-01"));

  assert.equal(steps.length, 60);
  assert.equal(steps.at(-1)!.isRecorded, true);
});

async function render(path: string): Promise<string> {
  await using home = await filledHome();
  const request = await pageRequest(home, path);
  return String(<UsageChart request={request} steps={stepsOf(request)} />);
}
