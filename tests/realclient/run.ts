/**
 * `deno task realclient [VERSION…] [SCENARIO…]`: runs the real client, offline, and holds what
 * blueplane tells of each run against what is known of it. Without arguments four versions run
 * four scenarios; `all` stands for every scenario there is, and `own-tools` for one of our own, in
 * which the client calls the server of tools of `dist/blueplane`.
 */

import { holdOwnTools } from "./own_tools.ts";
import { findHarness, runClient } from "./real_client.ts";
import { holdRun, sourcesIn } from "./run_truth.ts";

const VERSIONS = ["1.0.128", "2.0.77", "2.1.112", "2.1.330"];
const SCENARIOS = ["basic", "denied", "resume", "subagent"];
const OWN_TOOLS = "own-tools";
const ALL_SCENARIOS = [
  ...SCENARIOS,
  "apierror",
  "hooks-http",
  "hooks-http-down",
  "interactive",
  "mcp",
  "otlp-none",
  "otlp-proto",
  "otlp-traces",
  OWN_TOOLS,
  "sigkill",
];

/** Runs what the arguments name. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const shared = new URL("../../../shared/realclient", import.meta.url);
  const harness = findHarness(decodeURIComponent(shared.pathname));
  const isVersion = (arg: string) => /^\d/.test(arg);
  const versions = args.filter(isVersion);
  const scenarios = args.filter((arg) => !isVersion(arg))
    .flatMap((arg) => arg === "all" ? ALL_SCENARIOS : [arg]);
  let failed = 0;
  for (const version of versions.length > 0 ? versions : VERSIONS) {
    for (const scenario of scenarios.length > 0 ? scenarios : SCENARIOS) {
      const out = Deno.makeTempDirSync({ prefix: "blueplane_realclient_" });
      try {
        if (scenario === OWN_TOOLS) await holdOwnTools(harness, version, out);
        else await runClient(harness, { version, scenario, out });
        await holdAll(out);
        console.log(`ok      ${version} ${scenario}`);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        failed++;
        console.log(`FAILED  ${version} ${scenario}\n${error.message}`);
      } finally {
        Deno.removeSync(out, { recursive: true });
      }
    }
  }
  console.log(failed === 0 ? "every count is right" : `${failed} runs failed`);
  return failed === 0 ? 0 : 1;
}

/** Holds a run by every choice of what was told beside its transcripts. */
async function holdAll(run: string): Promise<void> {
  const has = sourcesIn(run);
  for (const hooks of has.hooks ? [false, true] : [false]) {
    for (const exports of has.exports ? [false, true] : [false]) {
      await holdRun(run, { hooks, exports });
    }
  }
}

try {
  Deno.exitCode = await main(Deno.args);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(`error: ${error.message}`);
  Deno.exitCode = 1;
}
