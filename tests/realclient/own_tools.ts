/**
 * The real client and our server of tools: the client starts it by the entry that `install`
 * writes, calls it, and hands to the model what it answers.
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import { runBinary, tempMachine } from "../helpers/run_blueplane.ts";
import { type Harness, runClient } from "./real_client.ts";

const SECRET = "the quarterly figures in /home/ada/secret.ts";

/** What the model asks for, one call a response. */
const CALLS: readonly (readonly [name: string, input: Record<string, unknown>])[] = [
  ["Read", { file_path: "$CWD/README.md" }],
  ["mcp__blueplane__get_current_metrics", {}],
  ["mcp__blueplane__search_similar_tasks", { task_description: SECRET }],
  ["mcp__blueplane__get_tool_performance", { period: "no such period" }],
  ["mcp__blueplane__submit_feedback", { feedback_items: [{ kind: "speed", text: SECRET }] }],
];

/** Runs the client in a version, and holds what the model was told and what was kept. */
export async function holdOwnTools(
  { folder }: Harness,
  version: string,
  out: string,
): Promise<void> {
  using machine = tempMachine();
  const { code, stderr } = await runBinary(machine, ["install", "claude-code", "--mcp"]);
  equal(code, 0, stderr);
  const scenario = `${machine.path}/scenario.json`;
  Deno.writeTextFileSync(
    scenario,
    JSON.stringify(scenarioWith(`${machine.claude}/.claude.json`, machine.home)),
  );

  await runClient({ folder }, { version, scenario, out });

  const [current, similar, wrong, feedback] = toolResults(out).slice(1);
  const session = Deno.readTextFileSync(`${out}/stdout/run1.json`);
  const { session_id } = JSON.parse(session);
  const known = JSON.parse(current!.text).session;
  equal(known.session_id, session_id);
  // The call stands in the transcript before it is made or a moment later; then other clues serve.
  ok(known.confidence >= 0.8, JSON.stringify(known));
  equal(JSON.parse(similar!.text).status, "insufficient_data");
  deepEqual([wrong!.isError, current!.isError, feedback!.isError], [true, false, false]);
  for (const { name } of Deno.readDirSync(machine.home)) {
    if (!name.startsWith("telemetry.db")) continue;
    const bytes = Deno.readFileSync(`${machine.home}/${name}`);
    ok(!new TextDecoder("latin1").decode(bytes).includes("quarterly"), name);
  }
}

/** @param config lists the server */
function scenarioWith(config: string, home: string): Record<string, unknown> {
  const usage = { input_tokens: 100, output_tokens: 20 };
  const main = CALLS.map(([name, input]) => ({
    content: [{ type: "tool_use", name, input }],
    usage,
  }));
  return {
    name: "own-tools",
    mode: "print",
    prompt: "How does this session go?",
    args: ["--mcp-config", config, "--allowedTools", "Read,mcp__blueplane"],
    env: { ENABLE_TOOL_SEARCH: "false", BLUEPLANE_HOME: home },
    files: { "README.md": "# demo\n" },
    scripts: { main: [...main, { content: [{ type: "text", text: "Well." }], usage }] },
  };
}

/** What the last request to the model holds of results of tools, the first call's first. */
function toolResults(out: string): { text: string; isError: boolean }[] {
  const last = [...Deno.readDirSync(`${out}/api-bodies`)].map(({ name }) => name).sort().at(-1)!;
  const { body } = JSON.parse(Deno.readTextFileSync(`${out}/api-bodies/${last}`));
  const blocks = body.messages.flatMap(({ content }: { content: unknown }) =>
    Array.isArray(content) ? content : []
  );
  return blocks.filter(({ type }: { type: string }) => type === "tool_result")
    .map(({ content, is_error = false }: { content: unknown; is_error?: boolean }) => ({
      text: Array.isArray(content)
        ? content.map(({ text }) => text ?? "").join("")
        : `${content}`,
      isError: is_error,
    }));
}
