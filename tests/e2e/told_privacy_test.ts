/** The canary in what is told over HTTP and MCP: hooks, exports, events, arguments of tools. */

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { deepEqual, equal, ok } from "node:assert/strict";
import { encodeEvent } from "../../core/event.ts";
import { TOOLS } from "../../mcp/tool_table.ts";
import { logsRequest, pointRequest, spanRequest } from "../capture/export_bodies.ts";
import { hookPayload, RECORDED } from "../capture/claude_code/hook_payloads.ts";
import { plant, textPlaces } from "../capture/cursor/canaries.ts";
import { cursorPayload, EVENTS } from "../capture/cursor/hook_payloads.ts";
import { makePrompt, makeResponse, makeToolUse } from "../helpers/events.ts";
import { RedisServer } from "../helpers/redis_server.ts";
import {
  binaryPath,
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { ProcessTransport } from "../mcp/process_transport.ts";
import { Findings } from "./findings.ts";

const MARKED = "QZ@7X canary";
/** What the client itself wrote, without which nothing is told. */
const STRUCTURE =
  /\/(hook_event_name|session_id|conversation_id|event_id|timestamp|platform|event_type|key)$/;
const OUTPUTS = [
  ["metrics", "-p", "all", "--json"],
  ["sessions", "-n", "0", "--json"],
  ["dlq", "list", "--json"],
  ["export", "--what", "events"],
  ["status", "--json"],
  ["doctor", "--json"],
  ["archive", "--older-than", "1d"],
  ["config", "set", "retention.raw_days", "60"],
  ["backup", "copy.backup"],
  ["export", "-o", "copy.csv"],
  ["purge", "--before", "2020-01-01", "--yes"],
];

/** The value twice: with markers in all texts, and in those that are not its structure. */
function marked(value: unknown): unknown[] {
  const places = [...textPlaces(value)];
  return [places, places.filter((place) => !STRUCTURE.test(place))]
    .map((chosen) => plant(value, new Set(chosen)));
}

/** Bodies by the path that takes them. */
function bodies(): [path: string, body: unknown][] {
  const now = Date.now(), told = { model: "m", prompt: "a", [MARKED]: "b", input_tokens: 5 };
  const logs = ["api_request", "user_prompt", "tool_result", "tool_decision", "api_error"]
    .map((name) => ({ name, at: now, attributes: told }));
  const events = [
    makePrompt({ id: "a" }),
    makeResponse({ id: "b" }),
    makeToolUse({ id: "c", use: "t" }),
  ].map((event) => JSON.parse(encodeEvent(event)));
  return [
    ...Object.entries(RECORDED).flatMap(([version, names]) =>
      names.map((name) => ["/hooks/claude_code", hookPayload(version, name)] as const)
    ),
    ...EVENTS.map((name) => ["/hooks/cursor", cursorPayload(name)] as const),
    ["/v1/logs", logsRequest(...logs)] as const,
    [
      "/v1/metrics",
      pointRequest("claude_code.token.usage", { at: now, value: 5 }, told),
    ] as const,
    ["/v1/traces", spanRequest("claude_code.llm_request", now, told)] as const,
    ...events.map((event) => ["/events", event] as const),
    ["/events", events] as const,
  ].flatMap(([path, body]) => marked(body).map((one): [string, unknown] => [path, one]));
}

async function tellAll(url: string, findings: Findings): Promise<Set<number>> {
  const statuses = new Set<number>();
  const headers = { "Blueplane-Client": "test", "Content-Type": "application/json" };
  for (const [path, body] of bodies()) {
    const sent = { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(url + path, sent);
    statuses.add(response.status);
    findings.look(path, await response.text());
  }
  return statuses;
}

/** Calls every tool with a marker for every argument, as a text and in a list. */
async function askAll(machine: Machine): Promise<void> {
  const transport = new ProcessTransport(binaryPath(), { args: ["mcp"], env: machine.env });
  const client = new Client({ name: MARKED, version: MARKED });
  await client.connect(transport);
  for (const { name, input } of TOOLS) {
    for (const value of [MARKED, [MARKED], { [MARKED]: MARKED }]) {
      const given = Object.fromEntries(Object.keys(input).map((field) => [field, value]));
      // An error that repeats an argument tells the client what it said itself.
      await client.callTool({ name, arguments: given });
    }
    for (const field of Object.keys(input)) {
      await client.callTool({ name, arguments: { [field]: MARKED } });
    }
  }
  await client.close();
}

/** Files and folders that another user of the machine may look into. */
function openToOthers(folder: string): string[] {
  if (Deno.build.os === "windows") return [];
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`, isOpen = (Deno.lstatSync(path).mode! & 0o077) !== 0;
    return [...(isOpen ? [name] : []), ...(isDirectory ? openToOthers(path) : [])];
  });
}

for (const broker of ["SQLite", "Redis"]) {
  // Goal: nothing that is told is kept, but what CONTRACT allows. Method: markers in every text of
  // every shape that can be told go to a server that is killed; then no byte holds one.
  Deno.test(`blueplane serve keeps nothing that it is told, over ${broker}`, async () => {
    await using redis = broker === "Redis"
      ? await RedisServer.start({ args: ["--appendonly", "yes"] })
      : undefined;
    using made = tempMachine();
    const env = { ...made.env, ...(redis ? { BLUEPLANE_REDIS_URL: redis.url } : {}) };
    const machine = { ...made, env }, findings = new Findings();
    {
      const { server, url } = await startServe(machine);
      await using _server = server;
      const health = async () => (await (await fetch(`${url}/healthz`)).json()).status;
      await until("it works", async () => await health() === "ok");
      const statuses = await tellAll(url, findings);
      ok(statuses.has(202) && !statuses.has(500), [...statuses].join());
      await askAll(machine);
      await server.stop("SIGKILL");
      findings.look("serve", server.stdout + server.stderr);
    }
    for (const args of OUTPUTS) {
      const { stdout, stderr } = await runBinary(machine, args, { cwd: machine.user });
      deepEqual([...openToOthers(machine.home), ...openToOthers(machine.user)], [], args[0]);
      findings.look(args.join(" "), stdout + stderr);
    }
    const audit = await runBinary(machine, ["privacy", "audit", "--json", "--look-for", MARKED]);
    deepEqual([audit.code, JSON.parse(audit.stdout).findings], [0, []]);

    findings.lookAtFiles(machine.home);
    if (redis) findings.lookAtFiles(`${redis.folder}/appendonlydir`);
    const events = findings.lookAtBlocks(machine.home);
    deepEqual(findings.found, []);
    equal(events > 20, true, `${events} events`);
  });
}
