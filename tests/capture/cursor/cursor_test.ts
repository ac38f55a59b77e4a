/** Tests of `capture/cursor/cursor.ts`. */

import assert from "node:assert/strict";
import { cursor } from "../../../capture/cursor/cursor.ts";
import { plainPrivacy as privacy } from "../plain_source.ts";
import { cursorPayload } from "./hook_payloads.ts";

Deno.test("readHook() reads as its own what it is the caller of", () => {
  const environment = { home: "/home/kim", get: () => undefined };
  const payload = cursorPayload("stop");

  const [event] = cursor.readHook(payload, 0, { environment, privacy });

  assert.ok(cursor.isCaller(payload));
  assert.equal(event!.platform, cursor.id);
});
