/** Tests of `web/add_sockets.ts`: what can be listened to. */

import assert from "node:assert/strict";
import { startWeb } from "../../web/web_server.ts";
import { makePrompt, makeToolUse, NOON } from "../helpers/events.ts";
import { type FilledHome, filledHome } from "../helpers/filled_home.ts";
import { ask, openSocketAt, webContext } from "./open_web.ts";

const FRESH = { session: "fresh", at: NOON + 3_500_000 };

Deno.test("addSockets() tells the numbers of a choice", async () => {
  await using home = await filledHome();
  await using socket = await open(home, "/ws/metrics?period=all&platform=cursor");
  const [snapshot] = await socket.take(1);

  assert.deepEqual([snapshot!.data.user_prompts, snapshot!.data.tool_uses], [1, 1]);
});

Deno.test("addSockets() tells what happens, and again only what is new of it", async () => {
  await using home = await filledHome([makePrompt({ ...FRESH, id: "p1" })]);
  await using socket = await open(home, "/ws/events");
  const [snapshot] = await socket.take(1);

  await home.tell(makeToolUse({ ...FRESH, id: "u1", use: "t1", tool: "Grep", at: FRESH.at + 9 }));
  const [, change] = await socket.take(2);

  const told = (data: object) =>
    Object.values(data).map(({ event_type, tool }) => [event_type, tool]);
  assert.deepEqual(told(snapshot!.data), [["user_prompt", null]]);
  assert.deepEqual(told(change!.data), [["tool_use", "Grep"]]);
});

Deno.test("addSockets() tells of one session what it holds and waits for", async () => {
  await using home = await filledHome([makePrompt({ ...FRESH, id: "p1" })]);
  await using socket = await open(home, "/ws/sessions/fresh");
  const [snapshot] = await socket.take(1);

  await home.tell(makeToolUse({ ...FRESH, id: "u1", use: "t1", tool: "Grep", at: FRESH.at + 9 }));
  const [, change] = await socket.take(2);

  const { session_id, user_prompts, tool_uses, waits_for } = snapshot!.data;
  assert.deepEqual([session_id, user_prompts, tool_uses, waits_for], ["fresh", 1, 0, null]);
  assert.deepEqual([change!.data.tool_uses, change!.data.waits_for], [1, "Grep"]);
  assert.ok(!("user_prompts" in change!.data));
});

Deno.test("addSockets() tells what the project of a session is called", async () => {
  await using home = await filledHome();
  await using socket = await open(home, "/ws/sessions/alpha");
  const [snapshot] = await socket.take(1);

  assert.equal(snapshot!.data.project_label, "blueplane");
});

Deno.test("addSockets() knows a session by how its id begins, if no other does", async () => {
  await using home = await filledHome([
    makePrompt({ ...FRESH, id: "p1" }),
    makePrompt({ ...FRESH, id: "p2", session: "freshen" }),
  ]);
  await using socket = await open(home, "/ws/sessions/freshe");

  const [snapshot] = await socket.take(1);

  assert.equal(snapshot!.data.session_id, "freshen");
  const headers = { connection: "upgrade", upgrade: "websocket" };
  assert.equal((await ask(webContext(home), "/ws/sessions/fres", { headers })).status, 400);
});

Deno.test("addSockets() finds no session that is not there, and reads no bad choice", async () => {
  await using home = await filledHome();
  const headers = { connection: "upgrade", upgrade: "websocket" };
  const statusOf = async (path: string) =>
    (await ask(webContext(home), path, { headers })).status;

  assert.equal(await statusOf("/ws/sessions/nobody"), 404);
  assert.equal(await statusOf("/ws/metrics?platform=emacs"), 400);
  assert.equal(await statusOf("/ws/metrics?since=yesterday"), 400);
  for (
    const path of [
      "/ws/metrics?period=5d",
      "/ws/metrics?period=7d&since=2026-02-01",
      "/ws/metrics?foo=1",
      "/ws/events?period=7d",
      "/ws/sessions/alpha?period=7d",
    ]
  ) {
    assert.equal(await statusOf(path), 400, path);
  }
});

Deno.test("addSockets() says so, when a request is not one of a WebSocket", async () => {
  await using home = await filledHome();

  for (const path of ["/ws/metrics?period=7d", "/ws/events", "/ws/sessions/alpha"]) {
    const response = await ask(webContext(home), path);

    assert.deepEqual(
      [response.status, response.headers.get("upgrade")],
      [426, "websocket"],
      path,
    );
  }
  assert.equal((await ask(webContext(home), "/ws/nothing")).status, 404);
});

async function open(home: FilledHome, path: string) {
  const web = startWeb(webContext(home), { host: "127.0.0.1", port: 0 });
  const socket = await openSocketAt(`${web.url}${path}`);
  return {
    ...socket,
    async [Symbol.asyncDispose]() {
      await socket[Symbol.asyncDispose]();
      await web[Symbol.asyncDispose]();
    },
  };
}
