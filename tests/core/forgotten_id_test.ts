/** Tests of names that say nothing. */

import { equal, notEqual } from "node:assert/strict";
import type { Checkpoint } from "../../core/checkpoints.ts";
import { findCheckpoint, forgottenId } from "../../core/forgotten_id.ts";
import { Privacy } from "../../core/privacy.ts";

const privacy = new Privacy(new Uint8Array(32));

Deno.test("forgottenId() is another for each source and each key", () => {
  const id = forgottenId(privacy, "ff:session-1");
  equal(/session-1|ff:/.test(id), false);
  notEqual(id, forgottenId(privacy, "ff:session-2"));
  notEqual(id, forgottenId(new Privacy(new Uint8Array(32).fill(1)), "ff:session-1"));
});

Deno.test("findCheckpoint() takes the own name first, then the one that says nothing", () => {
  const own = { position: 2 } as Checkpoint, nameless = { position: 1 } as Checkpoint;
  const found = new Map([[forgottenId(privacy, "a") as string, nameless]]);
  equal(findCheckpoint(found, "a", privacy), nameless);
  equal(findCheckpoint(found, "b", privacy), undefined);
  equal(findCheckpoint(found.set("a", own), "a", privacy), own);
});
