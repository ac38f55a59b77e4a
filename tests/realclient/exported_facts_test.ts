/**
 * What recorded exports add to the transcripts of the same runs: who decided on each call, how
 * often a request was tried, and on whose account responses go.
 */

import { deepEqual } from "node:assert/strict";
import { runHere } from "../cli/recorded_io.ts";
import { machineWith, syncHere } from "../helpers/told.ts";
import { callHooks, exportsIn, holdRun, hooksIn, sendExports } from "./run_truth.ts";

const RUNS = new URL("../fixtures/realclient/2.1.330/", import.meta.url).pathname;

Deno.test("sendExports() joins who decided on each call with its transcript", async () => {
  const run = `${RUNS}deciders`;
  using machine = machineWith(`${run}/projects`);
  await callHooks(machine, hooksIn(run));
  await sendExports(machine, exportsIn(run, ["json"]).reverse());
  await syncHere(machine);
  const ask = async (...args: string[]) =>
    JSON.parse((await runHere(machine, [...args, "--json", "--no-sync"])).stdout);

  const acceptance = await ask("acceptance", "-p", "all");
  const { sources } = await ask("analyze", "last", "--sources");
  const { exported, context } = await ask("metrics", "-p", "all");

  deepEqual(acceptance.let_run_by, { person: 0, rule: 4, hook: 2, mode: 4, rule_or_mode: 1 });
  deepEqual(acceptance.totals.refused_by, { person: 0, rule: 2, hook: 2 });
  const { accepted, auto, unknown } = acceptance.totals.edits;
  deepEqual({ accepted, auto, unknown }, { accepted: 0, auto: 3, unknown: 1 });
  // deno-lint-ignore no-explicit-any -- a document as its reader sees it
  const decisions = sources.facts.find(({ fact }: any) => fact === "decisions");
  deepEqual([decisions.seen.files, decisions.seen.log_records], [15, 15]);
  deepEqual([decisions.in_all, decisions.disagreeing], [15, 0]);
  deepEqual(exported.decisions, {
    hook: { accepted: 2, rejected: 2 },
    rule: { accepted: 9, rejected: 2 },
  });
  // Names of users' own are hashes; there is none that only an export made up.
  const count = (of: Record<string, { responses: number }>) =>
    Object.values(of).map(({ responses }) => responses).sort();
  deepEqual([count(context.agents), count(context.skills), count(context.servers)], [
    [2, 2],
    [8],
    [1],
  ]);
});

Deno.test("holdRun() finds tries in spans of answered and logs of failed requests", async () => {
  const { metrics } = await holdRun(`${RUNS}retries`, { hooks: false, exports: ["json"] });
  const { requests, failed, retried } = metrics.exported!;

  deepEqual([requests, failed, retried?.value, retried?.n], [1, 1, 1, 2]);
});
