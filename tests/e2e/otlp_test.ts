/**
 * Tests of exports as a client sends them to the running program: the recorded bodies of the real
 * client, twice, and bodies full of markers.
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { runBinary, startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { copyFolder } from "../helpers/told.ts";
import { NOON } from "../helpers/events.ts";
import { bytesOf, logsRequest } from "../capture/export_bodies.ts";
import { Findings } from "./findings.ts";

const RUN = new URL("../fixtures/realclient/2.1.330/interactive/", import.meta.url).pathname;
const PROTO = new URL("../fixtures/realclient/2.1.330/otlp-proto/", import.meta.url).pathname;
/** The session of it in which a conversation was compacted. */
const COMPACTED = "13011f1a-f773-494a-9f9d-ba439849235f";
const MARK = "QZ@7X0 canary";

async function post(url: string, signal: string, body: Uint8Array, headers = {}) {
  const response = await fetch(`${url}/v1/${signal}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Blueplane-Client": "otel", ...headers },
    body: new Uint8Array(body),
  });
  return { status: response.status, text: await response.text() };
}

/** Sends every recorded body of a run. */
async function postRun(url: string, folder: string): Promise<number> {
  let sent = 0;
  for (const signal of ["logs", "metrics"]) {
    for (
      const line of Deno.readTextFileSync(`${folder}otlp/${signal}.jsonl`).trim().split("\n")
    ) {
      const { body, protobuf_base64: base64 } = JSON.parse(line);
      const bytes = base64 === undefined ? bytesOf(body) : Buffer.from(base64, "base64");
      const type = base64 === undefined ? {} : { "Content-Type": "application/x-protobuf" };
      const { status, text } = await post(url, signal, bytes, type);
      deepEqual([status, text], [200, base64 === undefined ? "{}" : ""]);
      sent++;
    }
  }
  return sent;
}

Deno.test("blueplane serve takes what a client exports, and counts nothing twice", async () => {
  using machine = tempMachine();
  copyFolder(`${RUN}projects`, `${machine.claude}/projects`);
  copyFolder(`${PROTO}projects`, `${machine.claude}/projects`);
  const { server, url } = await startServe(machine);
  await using _server = server;
  const ask = async () =>
    JSON.parse((await runBinary(machine, ["metrics", "-p", "all", "--json"])).stdout);
  await until("prompts are read", async () => (await ask()).totals.user_prompts > 8);
  const before = await ask();

  ok(await postRun(url, RUN) + await postRun(url, PROTO) > 4);
  await postRun(url, RUN);
  await until("exports are folded", async () => (await ask()).exported?.requests > 10);
  const { totals, exported } = await ask();

  deepEqual(totals.tokens, before.totals.tokens);
  deepEqual(
    [totals.cost_usd, totals.tool_uses, totals.user_prompts, totals.sessions, totals.active_ms],
    ["cost_usd", "tool_uses", "user_prompts", "sessions", "active_ms"]
      .map((name) => before.totals[name]),
  );
  deepEqual([before.exported, before.totals.permissions_granted], [null, null]);
  deepEqual(exported.decisions.person, { accepted: 2, rejected: 2 });
  equal(totals.permissions_granted, 2);
  // Of an answer that was broken off no version exports a request.
  equal(exported.seen.value, 0.916667);
  deepEqual(exported.unknown, {});
  equal(exported.side_by_purpose.compact.requests, 1);
  deepEqual([exported.compactions.count, exported.alone.sessions], [1, 0]);
  const analyzed = await runBinary(machine, ["analyze", COMPACTED, "--sources", "--json"]);
  const facts = JSON.parse(analyzed.stdout).sources.facts;
  const of = (name: string) => facts.find(({ fact }: { fact: string }) => fact === name);
  deepEqual([of("prompts").in_all, of("prompts").only.files], [8, 0]);
  deepEqual([of("compactions").in_all, of("compactions").disagreeing], [1, 1]);
});

Deno.test("blueplane serve keeps no content of an export, and refuses what is none", async () => {
  using machine = tempMachine();
  // An exporter knows no token, and is asked for none.
  equal((await runBinary(machine, ["config", "set", "web.token", "on"])).code, 0);
  const { server, url } = await startServe(machine);
  await using _server = server;
  const asked = await fetch(`${url}/api/v1/sessions`);
  await asked.body?.cancel();
  equal(asked.status, 401);
  const names = ["model", "prompt", "tool_name", "tool_parameters", "error", "query_source"];
  const attributes = Object.fromEntries(names.map((name) => [name, MARK]));
  const logs = ["api_request", "user_prompt", "tool_result", "tool_decision", "api_error"]
    .concat("compaction", MARK)
    .map((name) => ({ name, at: NOON, attributes }));
  const body = bytesOf(logsRequest(...logs));

  const zipped = await post(url, "logs", gzipSync(body), { "Content-Encoding": "gzip" });
  const refused = [
    await post(url, "logs", bytesOf([MARK])),
    await post(url, "logs", new TextEncoder().encode(`{"${MARK}`)),
    await post(url, "traces", body, { "Content-Type": "application/x-protobuf" }),
    await post(url, "logs", body, { "Content-Encoding": "gzip" }),
    await post(url, "logs", body, { "Content-Type": "text/plain" }),
    await post(url, "logs", body, { Origin: "http://evil.example" }),
  ];
  await until(
    "exports are stored",
    async () =>
      JSON.parse((await runBinary(machine, ["status", "--json"])).stdout).storage?.events === 7,
  );
  await server[Symbol.asyncDispose]();

  deepEqual([zipped.status, zipped.text], [200, "{}"]);
  deepEqual(refused.map(({ status }) => status), [400, 400, 400, 400, 415, 403]);
  // All are answered by the protocol of exports, the last by the guard before it.
  equal(refused.at(-1)!.text, '{"message":"Cannot answer: the request comes from another site"}');
  for (const { text } of refused) match(text, /^(\{"message":"|.{3})Cannot \w+/s);
  const findings = new Findings();
  for (const { text } of refused) findings.look("an answer", text);
  findings.lookAtFiles(machine.home);
  equal(findings.lookAtBlocks(machine.home), 7);
  deepEqual(findings.found, []);
});
