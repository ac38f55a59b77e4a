/** Tests of `web/pages/overview/first_steps.tsx`. */

import assert from "node:assert/strict";
import { filledHome } from "../../../helpers/filled_home.ts";
import { FirstSteps } from "../../../../web/pages/overview/first_steps.tsx";
import { pageRequest } from "../../open_web.ts";

Deno.test("FirstSteps() tells what to do, until there is a session", async () => {
  await using empty = await filledHome([]);
  await using home = await filledHome();

  const before = String(<FirstSteps request={await pageRequest(empty, "/")} />);
  const after = String(<FirstSteps request={await pageRequest(home, "/?period=1h")} />);

  assert.match(before, /Waiting for the first session.*blueplane doctor/s);
  assert.equal(after, '<div data-section="first-steps"></div>');
});
