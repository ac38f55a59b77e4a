/** Tests of `capture/read_export.ts`. */

import assert from "node:assert/strict";
import { Gate } from "../../capture/gate.ts";
import { HeldExports, WAITING_MAX } from "../../capture/held_exports.ts";
import { readExport } from "../../capture/read_export.ts";
import { NOON } from "../helpers/events.ts";
import { bytesOf, logsRequest, spanRequest } from "./export_bodies.ts";
import { plainPrivacy } from "./plain_source.ts";

const LOG = { name: "api_request", at: NOON, attributes: { model: "m", input_tokens: 5 } };

function read(body: object, gate = new Gate(), held = new HeldExports(gate)) {
  const environment = { home: "/home/kim", get: () => undefined };
  const context = { environment, privacy: plainPrivacy, gate, held, receivedAt: NOON };
  return readExport("logs", "json", bytesOf(body), context);
}

function gateOf(choices: object): Gate {
  return new Gate(() => ({ paused: false, off: [], exclude: [], pauses: [], ...choices }));
}

Deno.test("readExport() reads what a known client sent, and rejects the rest", async () => {
  const foreign = structuredClone(logsRequest(LOG)) as { resourceLogs: object[] };
  const text = JSON.stringify(foreign).replaceAll("claude-code", "other")
    .replaceAll("claude_code.", "");

  assert.equal((await read(logsRequest(LOG))).events.length, 1);
  assert.deepEqual(await read(JSON.parse(text)), { events: [], rejected: 1 });
  assert.deepEqual(await read(spanRequest("x", NOON, {})), { events: [], rejected: 0 });
});

Deno.test("readExport() rejects what is no record, and takes those beside it", async () => {
  const request = logsRequest(LOG) as {
    resourceLogs: { scopeLogs: { logRecords: unknown[] }[] }[];
  };
  request.resourceLogs[0]!.scopeLogs[0]!.logRecords.push({}, "x");
  const { events, rejected } = await read(request);

  assert.deepEqual([events.length, rejected], [1, 2]);
});

Deno.test("readExport() captures nothing that its user does not want", async () => {
  const [event] = (await read(logsRequest(LOG), gateOf({ off: ["cost"] }))).events;

  assert.equal(event?.payload.input_tokens, undefined);
  assert.deepEqual((await read(logsRequest(LOG), gateOf({ paused: true }))).events, []);
});

Deno.test("readExport() has all of it wait, as long as a folder is left out", async () => {
  const gate = gateOf({ exclude: ["~/private"] });
  const held = new HeldExports(gate);

  assert.deepEqual(await read(logsRequest(LOG), gate, held), { events: [], rejected: 0 });
  assert.equal(held.counts.waiting, 1);
  const many = logsRequest(...Array.from({ length: WAITING_MAX }, () => LOG));
  assert.deepEqual(await read(many, gate, held), { events: [], rejected: 1 });
});
