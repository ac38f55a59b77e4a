/**
 * Tests of `blueplane mcp` by the protocol's own programs: the inspector's command line, and those
 * scenarios of the conformance suite that need no tool or resource of its own making. Both come
 * from npm, in fixed versions.
 */

import { deepEqual, equal, match } from "node:assert/strict";
import { TOOLS } from "../../mcp/tool_table.ts";
import {
  binaryPath,
  type Machine,
  runBinary,
  sourceCall,
  tempMachine,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { openBridge } from "./mcp_bridge.ts";

const CONFORMANCE = "npm:@modelcontextprotocol/conformance@0.1.16";
const INSPECTOR = "npm:@modelcontextprotocol/inspector-cli@1.0.3/build/index.js";
const SCENARIOS = [
  "server-initialize",
  "ping",
  "logging-set-level",
  "tools-list",
  "resources-list",
  "prompts-list",
];

async function runPackage(machine: Machine, cwd: string, name: string, args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", "--no-config", "--no-lock", name, ...args],
    env: { ...sourceCall(machine, []).env, PATH: Deno.env.get("PATH") ?? "" },
    cwd,
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("blueplane mcp passes the conformance suite, where it applies", async () => {
  using machine = tempMachine();
  await using bridge = openBridge(machine);

  const runs = await Promise.all(
    SCENARIOS.map((scenario) =>
      runPackage(machine, machine.path, CONFORMANCE, [
        ...["server", "--url", bridge.url, "--scenario", scenario],
      ])
    ),
  );

  for (const { code, stdout, stderr } of runs) {
    match(stdout, /Passed: (\d+)\/\1, 0 failed, 0 warnings/, stderr);
    equal(code, 0);
  }
});

Deno.test("blueplane mcp answers the inspector", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response({ tool: "Bash" }).result();
  await runBinary(machine, ["sync", "-q"]);
  // The inspector looks for a package.json above the folder it is run in.
  Deno.writeTextFileSync(`${machine.path}/package.json`, "{}");
  const ask = async (...args: string[]) => {
    const call = [binaryPath(), "mcp", "--method", ...args];
    const { stdout, stderr } = await runPackage(machine, machine.user, INSPECTOR, call);
    try {
      return JSON.parse(stdout);
    } catch {
      throw new Error(`Cannot read what the inspector says: ${stderr.slice(0, 500)}`);
    }
  };

  const [{ tools }, called, wrong, { contents }, { messages }] = await Promise.all([
    ask("tools/list"),
    ask("tools/call", "--tool-name", "get_session_metrics", "--tool-arg", "period=all"),
    ask("tools/call", "--tool-name", "get_session_metrics", "--tool-arg", "period=never"),
    ask("resources/read", "--uri", "telemetry://privacy"),
    ask("prompts/get", "--prompt-name", "cost-review", "--prompt-args", "period=7d"),
  ]);

  deepEqual(tools.map(({ name }: { name: string }) => name), TOOLS.map(({ name }) => name));
  equal(called.structuredContent.metrics.tool_uses, 1);
  equal(wrong.isError, true);
  equal(JSON.parse(contents[0].text).schema, "blueplane.privacy/1");
  equal(messages[0].role, "user");
});
