/** Tests of `web/pages/overview/rhythm.tsx`. */

import assert from "node:assert/strict";
import { WeekMap, YearMap } from "../../../../web/pages/overview/rhythm.tsx";
import { keptNowhere, makeResponse, NOON } from "../../../helpers/events.ts";
import { filledHome, OPUS } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("YearMap() shows every day of the year, whatever period is chosen", async () => {
  await using home = await filledHome();

  const html = String(<YearMap request={await pageRequest(home, "/?period=1h")} />);

  assert.match(html, /Cost by day/);
  assert.match(html, /3 active days in the last 53 weeks/);
  assert.equal(html.match(/<a href="\/\?period=1h&amp;since=/g)?.length, 3);
});

Deno.test("YearMap() leads to one day alone, with all else that is chosen", async () => {
  await using home = await filledHome();
  const request = await pageRequest(home, "/?period=7d&platform=claude_code");

  const [, href] = /<a href="([^"]*since=2026-03-01[^"]*)"/
    .exec(String(<YearMap request={request} />))!;

  assert.equal(
    href,
    "/?period=7d&amp;platform=claude_code&amp;since=2026-03-01&amp;until=2026-03-02",
  );
});

Deno.test("YearMap() marks the one day that is chosen, and none of a stretch", async () => {
  await using home = await filledHome();
  const marked = async (moments: string) =>
    String(<YearMap request={await pageRequest(home, `/?${moments}`)} />)
      .match(/aria-current="date"/g)?.length;

  assert.equal(await marked("since=2026-03-01&until=2026-03-02"), 1);
  assert.equal(await marked("since=2026-03-01"), undefined);
  assert.equal(await marked("since=2026-03-01&until=2026-03-04"), undefined);
});

Deno.test("YearMap() shows responses, where nothing has a price", async () => {
  await using home = await filledHome([keptNowhere({ id: "x", at: NOON })]);

  const html = String(<YearMap request={await pageRequest(home, "/")} />);

  assert.match(html, /Responses by day/);
  assert.match(html, /1 active day in the last/);
  assert.match(html, /<title>2026-03-01: 1 response<\/title>/);
});

Deno.test("YearMap() tells a day whose cost is not known from one without", async () => {
  await using home = await filledHome([
    keptNowhere({ id: "x", at: NOON - 86_400_000 }),
    makeResponse({ id: "m", model: OPUS, output: 1000, at: NOON }),
  ]);

  const html = String(<YearMap request={await pageRequest(home, "/")} />);

  assert.match(html, /2 active days in the last/);
  assert.match(html, /<title>2026-02-28: –<\/title><rect class="h0"/);
  assert.match(html, /<td[^>]*>–<\/td>/);
  assert.doesNotMatch(html, /\$0\.00/);
});

Deno.test("YearMap() marks a cost that may be more", async () => {
  await using home = await filledHome([
    makeResponse({ id: "m", model: OPUS, output: 1000, stop: null, at: NOON }),
  ]);

  const html = String(<YearMap request={await pageRequest(home, "/")} />);

  assert.match(html, /<title>2026-03-01: ≥\$0\.03<\/title>/);
  assert.match(html, /<td[^>]*>≥\$0\.03<\/td>/);
});

Deno.test("WeekMap() has a cell for each hour of the week in which something was", async () => {
  await using home = await filledHome();

  const html = String(<WeekMap request={await pageRequest(home, "/?period=24h")} />);

  // The first of March 2026 was a Sunday.
  assert.match(html, /<title>Sun 12: 2 responses<\/title>/);
  assert.match(html, /<title>Sun 10: 1 response<\/title>/);
  assert.equal(html.match(/<title>/g)?.length, 2);
});
