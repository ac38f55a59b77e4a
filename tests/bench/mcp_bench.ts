/**
 * What an assistant waits for: the start of its server of tools, and the answers of tools over a
 * long history, from the call to the answer in the client.
 *
 * @module
 */

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { systemClock } from "../../core/clock.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { ProcessTransport } from "../mcp/process_transport.ts";
import { madeUpEvents } from "./made_up_events.ts";
import { atMost, type BenchRow, percentile } from "./row.ts";

const EVENTS = 200_000;
const STARTS = 15;
const CALLS = 40;
const WARM_UPS = 2;
const TABLES = { claude_code: "claude_raw_traces" };

/** A model thinks between what it is told and its next call: longer than that. */
const PAUSE_MS = 100;

const PREDICTION = [
  "predict_acceptance",
  { file_type: "ts", operation: "edit" },
  20,
  60,
] as const;

/** Tools with what they need, and how long half and nearly all of their calls may take. */
const TOOLS = [
  ["get_current_metrics", {}, 5, 15],
  ["analyze_acceptance_patterns", {}, 50, 150],
  PREDICTION,
  ["search_sessions", { query: "bash" }, 100, 300],
  ["search_similar_tasks", { task_description: "Fix the tests in a.ts" }, 100, 300],
  ["optimize_context", { current_context: "" }, 30, 90],
] as const;

/** Runs the bench; `command` is the program with its first arguments. */
export async function benchMcp(
  folder: string,
  command: readonly string[],
): Promise<BenchRow[]> {
  const home = `${folder}/mcp-home`;
  Deno.mkdirSync(home, { mode: 0o700 });
  const env = { HOME: folder, BLUEPLANE_HOME: home, PATH: "", CLAUDE_CONFIG_DIR: folder };
  await fill(`${home}/telemetry.db`);
  const starts: number[] = [];
  for (let round = 0; round < STARTS; round++) {
    const start = performance.now();
    const { client } = await connect(command, env);
    starts.push(performance.now() - start);
    await client.close();
  }
  const rows = [atMost("MCP: start to first answer, p50", percentile(starts, 0.5), 250, "ms")];
  const transcript = new Transcript(folder);
  const own = { CLAUDE_CODE_SESSION_ID: transcript.sessionId };
  const { client } = await connect(command, { ...env, ...own });
  // Between two calls an assistant writes on, and no answer is that of the call before.
  const writeOn = () => void transcript.prompt().response();
  const edit = () => void transcript.response({ tool: "Edit" }).result();
  const pause = async () => {
    writeOn();
    await systemClock.sleep(PAUSE_MS, new AbortController().signal);
  };
  rows.push(...await rowsOf(client, TOOLS[0], "nothing new", () => {}));
  for (const tool of TOOLS) {
    rows.push(...await rowsOf(client, tool, "a line just written", writeOn));
  }
  rows.push(...await rowsOf(client, TOOLS[0], `a line written ${PAUSE_MS} ms before`, pause));
  rows.push(...await rowsOf(client, PREDICTION, "an edit just made", edit));
  await client.close();
  return rows;
}

async function rowsOf(
  client: Client,
  [name, given, p50, p95]: typeof TOOLS[number],
  when: string,
  goOn: () => void | Promise<void>,
): Promise<BenchRow[]> {
  const times = await timeCalls(client, name, given, goOn);
  const what = `MCP: ${name} over 200,000 events, ${when}`;
  return [
    atMost(`${what}, p50`, percentile(times, 0.5), p50, "ms"),
    atMost(`${what}, p95`, percentile(times, 0.95), p95, "ms"),
  ];
}

async function timeCalls(
  client: Client,
  name: string,
  given: object,
  goOn: () => void | Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < WARM_UPS + CALLS; call++) {
    await goOn();
    const start = performance.now();
    const { isError } = await client.callTool({ name, arguments: { ...given } });
    if (isError) throw new Error("Cannot bench: a tool gave an error");
    if (call >= WARM_UPS) times.push(performance.now() - start);
  }
  return times;
}

async function connect([program, ...args]: readonly string[], env: Record<string, string>) {
  const transport = new ProcessTransport(program!, { args: [...args, "mcp"], env });
  const client = new Client({ name: "bench", version: "1" });
  await client.connect(transport);
  return { client };
}

async function fill(path: string): Promise<void> {
  await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock });
  // As in every other home: else the first call would wait until all is priced once more.
  await pipeline.resume();
  const events = madeUpEvents(EVENTS);
  for (let from = 0; from < events.length; from += 1000) {
    await pipeline.accept(events.slice(from, from + 1000), []);
  }
  await pipeline.drain();
}
