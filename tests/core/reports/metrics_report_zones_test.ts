/** Tests of reports of one database in any two time zones. */

import { equal } from "node:assert/strict";

Deno.test("reportMetrics() differs between two zones in how time is cut alone", async () => {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", new URL("./zones_property.ts", import.meta.url).pathname],
    env: { NO_COLOR: "1" },
  }).output();

  equal(success, true, new TextDecoder().decode(stderr));
});
