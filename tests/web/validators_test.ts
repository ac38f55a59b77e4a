/** Tests of `web/validators.ts`. */

import assert from "node:assert/strict";
import { type Context, Hono } from "hono";
import type { WebContext } from "../../web/web_context.ts";
import { Validators } from "../../web/validators.ts";
import { makePrompt, NOON } from "../helpers/events.ts";
import { type FilledHome, filledHome, ONE } from "../helpers/filled_home.ts";
import { webContext } from "./open_web.ts";

const MINUTE = 60_000;
/** A whole minute. */
const AT = Math.ceil(NOON / MINUTE) * MINUTE;

/** Calls `use` with a request for a path. */
async function asked<T>(use: (c: Context) => T, path = "/x", held?: string): Promise<T> {
  const results: T[] = [];
  const app = new Hono().all("*", (c) => {
    results.push(use(c));
    return c.text("");
  });
  await app.request(path, { headers: held === undefined ? {} : { "If-None-Match": held } });
  return results[0]!;
}

async function isHeld(
  [before, after]: readonly [Validators, Validators],
  { at = AT, isTimed = true, path = "/x" } = {},
): Promise<boolean> {
  const tag = await asked((c) => before.tagOf(c, isTimed, AT));
  const held = await asked((c) => after.heldTag(c, isTimed, at), path, tag);
  assert.ok(held === undefined || held === tag);
  return held !== undefined;
}

function validatorsOf(home: FilledHome, more: Partial<WebContext> = {}) {
  return new Validators(webContext(home, more));
}

Deno.test("heldTag() holds for the minute, or as long as nothing changes", async () => {
  await using home = await filledHome([]);
  const one = validatorsOf(home);

  assert.ok(await isHeld([one, one], { at: AT + MINUTE - 1 }));
  assert.ok(!await isHeld([one, one], { at: AT + MINUTE }));
  assert.ok(!await isHeld([one, one], { at: AT - 1 }));
  assert.ok(await isHeld([one, one], { at: AT + 99 * MINUTE, isTimed: false }));
});

Deno.test("heldTag() holds for the same question alone", async () => {
  await using home = await filledHome([]);
  const one = validatorsOf(home);

  assert.ok(!await isHeld([one, one], { path: "/x?limit=1" }));
  assert.ok(!await isHeld([one, one], { path: "/y" }));
});

Deno.test("heldTag() ends with what is stored, named, read or in the way", async () => {
  await using home = await filledHome([]);
  const one = validatorsOf(home);

  const labels = () => new Map([[ONE, "other"]]);
  const others: Partial<WebContext>[] = [
    { labels },
    { toolServers: () => new Map([["claude_code", new Map([["a", "b"]])]]) },
    { coverage: () => ({ files_done: 1, files_total: 3 }) },
    { trouble: () => "Cannot read" },
    { pid: 8 },
  ];
  for (const more of others) {
    assert.ok(!await isHeld([one, validatorsOf(home, more)]), Object.keys(more).join());
  }
  assert.ok(await isHeld([one, validatorsOf(home)]));
  const tag = await asked((c) => one.tagOf(c, false, AT));
  await home.tell(makePrompt({ id: "p", session: "s", at: NOON }));
  assert.equal(await asked((c) => one.heldTag(c, false, AT), "/x", tag), undefined);
});

Deno.test("tagOf() is another a moment later, where the answer tells the time", async () => {
  await using home = await filledHome([]);
  const one = validatorsOf(home);
  const tag = (isTimed: boolean, at: number) => asked((c) => one.tagOf(c, isTimed, at));

  assert.notEqual(await tag(true, AT), await tag(true, AT + 1));
  assert.equal(await tag(false, AT), await tag(false, AT + 1));
});

Deno.test("heldTag() takes nothing for a tag that is none", async () => {
  await using home = await filledHome([]);
  const one = validatorsOf(home);

  for (const held of ["", "*", '""', "x", '"."', ",,,", '"a.b.c.d.e"']) {
    assert.equal(await asked((c) => one.heldTag(c, false, AT), "/x", held), undefined, held);
  }
});
