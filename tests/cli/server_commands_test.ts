/** Tests of what the web face may have done, with and without a pipeline. */

import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { HeldExports } from "../../capture/held_exports.ts";
import { serverCommands } from "../../cli/server_commands.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import type { PipelinePort } from "../../pipeline/pipeline.ts";
import { NotReadyError, RequestError } from "../../web/problem.ts";
import { bytesOf, logsRequest } from "../capture/export_bodies.ts";
import { NOON } from "../helpers/events.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

const HOOK = { hook_event_name: "Stop", session_id: "s1" };
const AWAY = "Cannot reach Redis: it does not answer";

function open(machine: Machine, env = {}, pipeline?: PipelinePort, trouble?: string) {
  const io = recordedIo(machine, [], { env });
  const workspace = openWorkspace(io, { color: false, sync: true });
  const held = new HeldExports(workspace.gate);
  return serverCommands(workspace, { pipeline: () => pipeline, held, trouble: () => trouble });
}

function spooled({ home }: Machine): number {
  return [...Deno.readDirSync(`${home}/spool`)].filter(({ isFile }) => isFile).length;
}

Deno.test("takeHook() stores what a hook tells, where there is a pipeline", async () => {
  using machine = tempMachine();
  await using home = await filledHome([]);
  await open(machine, {}, home.pipeline).takeHook("claude_code", HOOK);
  await home.pipeline.drain();
  equal(home.db.prepare("select sum(events) as n from storage").get()?.n, 1);
});

Deno.test("takeHook() leaves it in the spool, while there is no pipeline", async () => {
  using machine = tempMachine();
  await open(machine).takeHook("claude_code", HOOK);
  equal(spooled(machine), 1);
});

Deno.test("takeHook() leaves it in the spool, where the queue can be lost", async () => {
  using machine = tempMachine();
  await using home = await filledHome([]);
  const env = { BLUEPLANE_REDIS_URL: "redis://127.0.0.1:1" };
  await open(machine, env, home.pipeline).takeHook("claude_code", HOOK);
  equal(spooled(machine), 1);
});

Deno.test("serverCommands() has commands performed by the pipeline", async () => {
  using machine = tempMachine();
  await using home = await filledHome();
  const commands = open(machine, {}, home.pipeline);
  equal(await commands.rebuild({ session: "gone" }), undefined);
  deepEqual(await commands.drop({ all: true }), { dropped: 0 });
  deepEqual(await commands.replay({ all: true }), { stored: 0, came_back: [], not_kept: [] });
});

Deno.test("serverCommands() says what a command would have to wait for", async () => {
  using machine = tempMachine();
  await rejects(
    open(machine, {}, undefined, AWAY).rebuild({}),
    new NotReadyError(AWAY),
  );
  await rejects(
    open(machine).drop({ all: true }),
    new NotReadyError("Cannot answer: the server starts or stops"),
  );
});

Deno.test("serverCommands() says what stops the work, when a command fails of it", async () => {
  using machine = tempMachine();
  const home = await filledHome();
  await home[Symbol.asyncDispose]();
  await rejects(open(machine, {}, home.pipeline, AWAY).rebuild({}), new NotReadyError(AWAY));
  await rejects(open(machine, {}, home.pipeline).rebuild({}), {
    message: "Cannot store events: the pipeline is closed",
  });
});

Deno.test("serverCommands() purges nothing of what is still to come", async () => {
  using machine = tempMachine();
  await using home = await filledHome();
  const { purge } = open(machine, {}, home.pipeline);
  await rejects(purge({ before: Date.UTC(2999, 0) }), RequestError);
  deepEqual((await purge({ before: NOON - 365 * 86_400_000 }))?.events, 0);
});

Deno.test("takeExport() stores what a client exported, and says what is nobody's", async () => {
  using machine = tempMachine();
  await using home = await filledHome([]);
  const log = { name: "api_request", at: NOON, attributes: { model: "m" } };
  const foreign = { ...log, attributes: { model: "m", "session.id": "" } };
  const { takeExport } = open(machine, {}, home.pipeline);

  const answer = await takeExport("logs", "json", bytesOf(logsRequest(log, log, foreign)));
  await home.pipeline.drain();

  match(new TextDecoder().decode(answer), /"rejectedLogRecords":"1"/);
  equal(home.db.prepare("select sum(events) as n from storage").get()?.n, 1);
});

Deno.test("takeExport() refuses what is no export as a fault of the request", async () => {
  using machine = tempMachine();
  await rejects(open(machine).takeExport("logs", "json", bytesOf([])), RequestError);
});
