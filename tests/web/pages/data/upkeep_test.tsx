/** Tests of `web/pages/data/upkeep.tsx`. */

import assert from "node:assert/strict";
import { Upkeep } from "../../../../web/pages/data/upkeep.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("Upkeep() tells how long things are kept, and how to move and keep it", async () => {
  await using home = await filledHome([]);
  const settings = () => [
    { key: "retention.raw_days", value: 90, origin: "default" as const },
  ];

  const usual = String(<Upkeep request={await pageRequest(home, "/data")} />);
  const kept = String(<Upkeep request={await pageRequest(home, "/data", { settings })} />);

  assert.match(usual, /<dt>Kept<\/dt><dd>until you delete it<\/dd>/);
  assert.match(kept, /<dt>retention\.raw_days<\/dt><dd><code>90<\/code><\/dd>/);
  assert.match(usual, /blueplane archive --older-than 90d<\/code>/);
});
