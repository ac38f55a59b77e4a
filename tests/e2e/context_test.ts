/** Tests of context, usage and score by the binary: each number is worked out by hand. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { binaryPath, type Machine, runBinary, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { run } from "./piped_run.ts";

const FILE = "/home/ada/engine/a.ts";
const SERVER = "secret-weather";
const AGENT = "secret-agent";

/** A response of Opus 4.6 with its own usage, on the account of whom it names. */
function answer(transcript: Transcript, id: string, sketch: Record<string, unknown>): void {
  const { usage, content = [{ type: "text", text: "Yes." }], ...line } = sketch;
  const message = {
    id: `msg_${id}`,
    type: "message",
    role: "assistant",
    stop_reason: "end_turn",
  };
  transcript.add("assistant", {
    ...line,
    message: { ...message, model: "claude-opus-4-6", content, usage },
  });
}

function writeSession(machine: Machine): void {
  const transcript = new Transcript(machine.claude, { startedAt: Date.now() - 3_600_000 })
    .prompt("one two three four");
  transcript.response({ tool: "Read", input: { file_path: FILE } }).result();
  for (let i = 0; i < 5; i++) {
    transcript.response({ tool: "Edit", input: { file_path: FILE } })
      .result({ toolUseResult: { structuredPatch: [{ lines: ["+a", "+b", "-c"] }] } });
  }
  answer(transcript, "own", {
    attributionAgent: AGENT,
    attributionMcpServer: SERVER,
    attributionSkill: "debug",
    effort: "high",
    usage: {
      input_tokens: 1000,
      output_tokens: 100,
      cache_read_input_tokens: 98_000,
      cache_creation_input_tokens: 1000,
      cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 0 },
    },
  });
  transcript.add("system", {
    subtype: "compact_boundary",
    compactMetadata: { trigger: "auto", preTokens: 100_000, postTokens: 20_000 },
  });
  Deno.writeTextFileSync(
    `${machine.claude}/.claude.json`,
    JSON.stringify({ mcpServers: { [SERVER]: {} } }),
  );
}

Deno.test("blueplane metrics tells of context, usage and score what happened", async () => {
  using machine = tempMachine();
  writeSession(machine);
  const session = `${"1".padStart(8, "0")}-0000-4000-8000-00000000cafe`;
  const start = { hook_event_name: "SessionStart", session_id: session, source: "resume" };
  await run(machine, binaryPath(), ["hook", "claude-code"], JSON.stringify(start));

  const told = JSON.parse((await runBinary(machine, ["metrics", "--json"])).stdout);
  const { context, usage, productivity, totals } = told;

  // 98,000 × (5 − 0.5) − 1,000 × (6.25 − 5) dollars a million.
  equal(totals.cache_saved_usd, 0.43975);
  deepEqual(context.cache, {
    saved_usd: 0.43975,
    reads_saved_usd: 0.441,
    writes_extra_usd: 0.00125,
  });
  // The price table knows of a million tokens that Opus 4.6 holds.
  deepEqual([context.requests.largest_tokens, context.requests.largest_share], [100_000, 0.1]);
  deepEqual([context.compactions.count, context.compactions.tokens_freed], [1, 80_000]);
  // 1,000 × 5 + 100 × 25 + 98,000 × 0.5 + 1,000 × 6.25.
  const account = { responses: 1, tokens: 100_100, cost_usd: 0.06275 };
  deepEqual(context.skills, { debug: account });
  deepEqual(Object.values(context.servers), [{ label: SERVER, ...account, tool_uses: 0 }]);
  deepEqual(Object.values(context.agents), [account]);
  deepEqual(context.efforts, { high: 1 });
  deepEqual([usage.operations, usage.active_days], [14, 1]);
  deepEqual(usage.session_sources, { resume: 1 });
  deepEqual([usage.prompts.words_median, usage.files.lines_net], [4, 5]);
  // Each edit but the first follows one within five minutes.
  deepEqual([usage.files.iteration.value, usage.files.read_first.value], [0.8, 1]);
  deepEqual(usage.tools.sequences, [
    { tools: ["Edit", "Edit"], count: 4 },
    { tools: ["Edit", "Edit", "Edit"], count: 3 },
  ]);
  // All well, and 15 lines of one prompt: 85 + 15 × (1 − e^(−0.3)).
  equal(productivity.score, 88.9);
  await checkFaces(machine, { context, productivity });
});

async function checkFaces(machine: Machine, told: Record<string, unknown>): Promise<void> {
  const analysis = JSON.parse((await runBinary(machine, ["analyze", "last", "--json"])).stdout);
  deepEqual(analysis.context, told.context);
  deepEqual(analysis.session.productivity, told.productivity);

  const { stdout } = await runBinary(machine, ["metrics", "--all"]);
  match(stdout, /^ productivity \(experimental\) +88\.9/m);
  match(stdout, /^ saved by the cache +\$0\.44/m);
  match(stdout, /^ server secret-weather +1 response, 0 calls, 100k tokens, \$0\.06$/m);
  const overview = (await runBinary(machine, ["analyze", "last"])).stdout;
  match(overview, /^context {5}100k \(10\.0 %\) at most, 100k \(10\.0 %\) at last$/m);
  match(overview, /^score {7}88\.9 of 100, experimental$/m);

  const bytes = ["telemetry.db", "telemetry.db-wal"].map((name) => {
    try {
      return new TextDecoder("latin1").decode(Deno.readFileSync(`${machine.home}/${name}`));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return "";
    }
  }).join("");
  ok(bytes.length > 0 && ![SERVER, AGENT, FILE].some((name) => bytes.includes(name)));
}
