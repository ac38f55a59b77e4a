/**
 * `deno task realclient [VERSION…] [SCENARIO…]`: runs the real client, offline, and holds what
 * blueplane tells of each run against what is known of it. Without arguments four versions run
 * four scenarios; `all` stands for every scenario there is, and `own-tools` for one of our own, in
 * which the client calls the server of tools of `dist/blueplane`. Each run is read with every
 * choice of hooks and of exports in both encodings, and must give the same totals by all.
 */

import { holdOwnTools } from "./own_tools.ts";
import { deepEqual } from "node:assert/strict";
import type { Encoding } from "../../capture/otlp_request.ts";
import { holdDisturbed } from "./disturbed.ts";
import { findHarness, type Harness, runClient } from "./real_client.ts";
import { holdRun, sourcesIn, totalsOf } from "./run_truth.ts";

const VERSIONS = ["1.0.128", "2.0.77", "2.1.112", "2.1.330"];
const SCENARIOS = ["basic", "denied", "resume", "subagent"];
const OWN_TOOLS = "own-tools";
/** Scenarios of our own, in a folder beside, and the version that they are of. */
const OWN = new Set(["bypass", "deciders", "retries"]), OWN_VERSION = "2.1.330";
/** The scenario `basic`, of which the client exports protobuf. */
const PROTOBUF = "basic-protobuf";
const CHOICES: readonly (readonly Encoding[])[] = [
  ["json"],
  ["protobuf"],
  ["json", "protobuf"],
];
const ALL_SCENARIOS = [
  ...SCENARIOS,
  "apierror",
  PROTOBUF,
  "hooks-http",
  "hooks-http-down",
  "interactive",
  "mcp",
  "otlp-none",
  "otlp-proto",
  "otlp-traces",
  OWN_TOOLS,
  "sigkill",
  ...OWN,
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
      if (OWN.has(scenario) && version !== OWN_VERSION) continue;
      const out = Deno.makeTempDirSync({ prefix: "blueplane_realclient_" });
      try {
        if (scenario === OWN_TOOLS) await holdOwnTools(harness, version, out);
        else {await runClient(harness, {
            version,
            scenario: scenarioOf(harness, scenario, out),
            out,
          });}
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

/** The scenario's name, or the file of one that differs from a shared one. */
function scenarioOf({ folder }: Harness, scenario: string, out: string): string {
  if (OWN.has(scenario)) {
    const own = new URL(`scenarios/${scenario}.json`, import.meta.url);
    return decodeURIComponent(own.pathname);
  }
  if (scenario !== PROTOBUF) return scenario;
  const basic = JSON.parse(Deno.readTextFileSync(`${folder}/scenarios/basic.json`));
  const path = `${out}/scenario.of.protobuf`;
  const otlp = { protocol: "http/protobuf", via: "settings" };
  Deno.writeTextFileSync(path, JSON.stringify({ ...basic, otlp }));
  return path;
}

/** Holds a run by every choice of what was told beside its transcripts: totals stay the same. */
async function holdAll(run: string): Promise<void> {
  const has = sourcesIn(run);
  const alone = await holdRun(run, { hooks: false, exports: [] });
  await holdDisturbed(run);
  for (const hooks of has.hooks ? [false, true] : [false]) {
    const told = hooks ? await holdRun(run, { hooks, exports: [] }) : alone;
    deepEqual(totalsOf(told, "hooks"), totalsOf(alone, "hooks"));
    for (const exports of has.exports.length > 0 ? CHOICES : []) {
      const more = await holdRun(run, { hooks, exports });
      deepEqual(totalsOf(more, "exports"), totalsOf(told, "exports"));
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
