/** Tests of what is said of a rebuild. */

import { equal } from "node:assert/strict";
import { rebuildText } from "../../../core/reports/rebuild_text.ts";

Deno.test("rebuildText() says how far it is, and nothing when all is derived", () => {
  const files = { files_done: 0, files_total: 0 };
  const some = { ...files, rebuild_blocks_done: 3, rebuild_blocks_total: 9 };
  const none = { ...files, rebuild_blocks_done: 0, rebuild_blocks_total: 0 };

  equal(rebuildText(some), "3 of 9 blocks are derived again so far");
  equal(rebuildText(none), undefined);
});
