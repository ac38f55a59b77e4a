/** Tests of `web/pages/tools/hours_map.tsx`. */

import assert from "node:assert/strict";
import { HoursMap } from "../../../../web/pages/tools/hours_map.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("HoursMap() has a cell and a place in its table for each tool and hour", async () => {
  await using home = await filledHome();
  const hour = String(new Date(home.clock.now() - 3_600_000).getHours()).padStart(2, "0");
  const mapOf = async (path: string) => {
    const request = await pageRequest(home, path);
    return String(<HoursMap request={request} nameOf={(tool) => `<${tool}>`} />);
  };

  const calls = await mapOf("/tools?period=24h");
  const failed = await mapOf("/tools?period=24h&heat=failed");

  assert.match(calls, new RegExp(`<title>&lt;Edit&gt; ${hour}: 2 calls</title>`));
  assert.match(calls, /: 1 call<\/title>/);
  assert.match(failed, new RegExp(`<title>&lt;Bash&gt; ${hour}: 50.0 %</title>`));
  assert.equal(calls.match(/<th scope="row">\d\d:00<\/th>/g)?.length, 24);
  assert.match(
    failed,
    /<a href="\/tools\?period=24h&amp;heat=failed" aria-current="true">failed</,
  );
  assert.match(await mapOf("/tools?period=24h&heat=constructor"), /aria-current="true">calls</);
});
