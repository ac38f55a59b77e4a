/** Tests of `blueplane mcp` over its real streams, in the words of the protocol. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { type Machine, sourceCall, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "test", version: "1" },
  },
};
const CALL = {
  jsonrpc: "2.0",
  id: 2,
  method: "tools/call",
  params: { name: "get_session_metrics", arguments: { period: "all" } },
};

/** Says `messages` to the command, then closes its input. */
async function converse(machine: Machine, messages: readonly unknown[]) {
  const child = new Deno.Command(Deno.execPath(), {
    ...sourceCall(machine, ["mcp"]),
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (const message of messages) {
    await input.write(new TextEncoder().encode(`${JSON.stringify(message)}\n`));
    const { id } = message as { id?: number };
    while (id !== undefined && !text.includes(`"id":${id}`)) {
      const { value, done } = await output.read();
      if (done) break;
      text += value;
    }
  }
  await input.close();
  for (let read = await output.read(); !read.done; read = await output.read()) text += read.value;
  const stderr = await new Response(child.stderr).text();
  const { code } = await child.status;
  return { code, stderr, lines: text.trimEnd().split("\n").map((line) => JSON.parse(line)) };
}

Deno.test("runMcp() answers with what is new, and ends when its client goes", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  const ready = { jsonrpc: "2.0", method: "notifications/initialized" };
  const { code, stderr, lines } = await converse(machine, [INITIALIZE, ready, CALL]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  equal(lines[0].result.serverInfo.name, "blueplane");
  ok(lines.every(({ jsonrpc }) => jsonrpc === "2.0"));
  const { result } = lines.find(({ id }) => id === 2);
  equal(result.isError ?? false, false, JSON.stringify(result));
  equal(result.structuredContent.metrics.sessions, 1);
});

Deno.test("runMcp() ends at once, when there is no client", async () => {
  using machine = tempMachine();
  const { code, stderr } = await converse(machine, [INITIALIZE]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
});
