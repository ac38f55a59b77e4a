/** Tests of `POST /api/v1/purge`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

const HEADERS = { "Blueplane-Client": "cli", "Content-Type": "application/json" };

async function post(home: FilledHome, body: unknown, headers: Record<string, string> = HEADERS) {
  const asking = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await ask(webContext(home), "/api/v1/purge", asking);
  return { status: response.status, json: await response.json() };
}

function sessionsIn(home: FilledHome): number {
  return Number(home.db.prepare("select count(*) as n from sessions").get()!.n);
}

Deno.test("PURGE_ROUTE() tells what would go, and has it purged", async () => {
  await using home = await filledHome();
  const before = sessionsIn(home);
  const dry = await post(home, { session: "beta", dry_run: true });
  equal(sessionsIn(home), before);
  const { status, json } = await post(home, { session: "beta" });
  const { schema, dry_run, sessions, events, bytes } = json;
  deepEqual([status, schema, dry_run, sessions], [200, "blueplane.purge/1", false, 1]);
  deepEqual(dry.json, { schema, dry_run: true, sessions, events, bytes });
  ok(events > 5 && bytes > 0);
  equal(sessionsIn(home), before - 1);
});

Deno.test("PURGE_ROUTE() refuses what is no choice, and what has not our header", async () => {
  await using home = await filledHome();
  const before = sessionsIn(home);
  for (
    const body of [{}, { dry_run: false }, { all: true, session: "beta" }, { before: "soon" }]
  ) {
    const { status, json } = await post(home, body);
    equal(status, 400, JSON.stringify(body));
    match(json.detail, /^Cannot purge: say in an object what: "all": true, /);
  }
  equal((await post(home, {}, { "Content-Type": "application/json" })).status, 403);
  equal((await post(home, {}, { "Blueplane-Client": "cli" })).status, 415);
  equal((await post(home, { session: "gone" })).status, 404);
  equal(sessionsIn(home), before);
});

Deno.test("PURGE_ROUTE() has all purged only where that is said", async () => {
  await using home = await filledHome();
  const { status } = await post(home, { all: true });
  deepEqual([status, sessionsIn(home)], [200, 0]);
});

Deno.test("PURGE_ROUTE() takes names and times as the command does", async () => {
  await using home = await filledHome();
  const dry = (body: object) => post(home, { ...body, dry_run: true });
  const beta = await dry({ session: "beta" }), alpha = await dry({ session: "alpha" });
  deepEqual(await dry({ platform: "claude", session: "beta" }), beta);
  deepEqual(await dry({ session: "alph" }), alpha);
  deepEqual(await dry({ session: "alpha", before: "2100-01-31" }), alpha);
  equal((await dry({ before: "2000-01-31" })).json.events, 0);
  for (
    const [body, status, detail] of [
      [{ session: "bet" }, 404, "Cannot purge: there is no such session"],
      [{ platform: "vim" }, 400, "Cannot purge: there is no such platform"],
    ] as const
  ) {
    const { json } = await dry(body);
    deepEqual([json.status, json.detail], [status, detail]);
  }
});
