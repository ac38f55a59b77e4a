/**
 * What an assistant waits for at every tool call: the whole process of a hook, from its start to
 * its end, its payload included.
 *
 * @module
 */

import { atMost, type BenchRow, percentile } from "./row.ts";

const WARM_UPS = 5;
const ROUNDS = 100;
/** A tool's response as long as many are. */
const RESPONSE = "made-up output ".repeat(1000);

/** Runs the bench; `command` is the program with its first arguments. */
export async function benchHook(
  folder: string,
  command: readonly string[],
): Promise<BenchRow[]> {
  const env = { HOME: folder, BLUEPLANE_HOME: `${folder}/hook-home` };
  const times: number[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    const time = await timeHook([...command, "hook", "claude-code"], env, payload(round));
    if (round >= WARM_UPS) times.push(time);
  }
  return [
    atMost("Hook: warm start p50", percentile(times, 0.5), 100, "ms"),
    atMost("Hook: warm start p95", percentile(times, 0.95), 100, "ms"),
  ];
}

function payload(round: number): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({
    session_id: "00000001-0000-4000-8000-00000000cafe",
    cwd: "/home/ada/engine",
    permission_mode: "default",
    hook_event_name: "PostToolUse",
    tool_name: "Read",
    tool_use_id: `toolu_${round}`,
    tool_input: { file_path: "/home/ada/engine/a.ts" },
    tool_response: { content: RESPONSE },
  }));
}

async function timeHook(
  command: string[],
  env: Record<string, string>,
  stdin: Uint8Array,
): Promise<number> {
  const [program, ...args] = command;
  const start = performance.now();
  const child = new Deno.Command(program!, {
    args,
    env: { ...env, PATH: Deno.env.get("PATH") ?? "", DENO_DIR: Deno.env.get("DENO_DIR") ?? "" },
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(stdin);
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const time = performance.now() - start;
  if (code !== 0 || stdout.length + stderr.length > 0) {
    throw new Error("Cannot bench: the hook is not silent");
  }
  return time;
}
