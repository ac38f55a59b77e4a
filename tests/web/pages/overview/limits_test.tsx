/** Tests of `web/pages/overview/limits.tsx`. */

import assert from "node:assert/strict";
import { Limits } from "../../../../web/pages/overview/limits.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { seenLimit, seenWindow } from "../../../helpers/seen_limits.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("Limits() shows each window with its fan, and the sessions that show them", async () => {
  await using home = await filledHome([]);
  const now = home.clock.now();
  await home.tell(...seenWindow(now - 60_000));
  const html = String(<Limits request={await pageRequest(home, "/")} />);

  assert.match(html, /five hour<\/th><td[^>]*>40\.0 %<\/td>/);
  assert.match(html, /five hour: 40\.0 % used; 85\.0 % when it ends, .*n 4\)/);
  assert.match(html, /<path class="area"/);
  assert.match(html, /<a href="\/sessions\/s1"><code>s1<\/code><\/a>/);
  assert.match(html, /90\.0 % of 200k/);
});

Deno.test("Limits() says where too little was seen to foretell", async () => {
  await using home = await filledHome([]);
  const now = home.clock.now();
  await home.tell(
    seenLimit(now - 9, "seven_day", 610, now + 3_600_000),
    seenLimit(now - 5, "seven_day", 620, now + 3_600_000),
  );
  const html = String(<Limits request={await pageRequest(home, "/")} />);

  assert.match(html, /too little was seen to tell where it goes/);
  assert.doesNotMatch(html, /class="area"/);
});

Deno.test("Limits() is not there where no client shows any", async () => {
  await using home = await filledHome([]);

  assert.equal(Limits({ request: await pageRequest(home, "/") }), null);
});
