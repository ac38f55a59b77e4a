/** The canary: nothing of what people and assistants wrote gets out of a transcript. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { encodeEvent } from "../../core/event.ts";
import { makePrompt } from "../helpers/events.ts";
import {
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Findings } from "./findings.ts";
import { openLiveSocket } from "./live_socket.ts";
import { writeMarked } from "./marked_transcripts.ts";
import { queueEntries } from "./queue_entries.ts";

const PAGES = [
  "/",
  "/?period=all",
  "/healthz",
  "/api/v1/metrics?period=all",
  "/api/v1/metrics/current",
  ...["model", "tool", "project", "platform", "hour", "day", "week", "month", "weekday"]
    .map((by) => `/api/v1/metrics?period=all&group_by=${by}`),
  "/api/v1/analysis/acceptance?period=all",
  "/api/v1/sessions?limit=1000",
  "/api/v1/analysis/errors?period=all&min_frequency=1",
  "/api/v1/analysis/patterns",
  "/api/v1/analysis/prediction",
  "/api/v1/dlq",
  "/api/v1/dlq/1",
  "/nowhere",
];
const MARKED = "QZ@7X canary";
/** Calls, and their exit code where it is not 0. */
const REPORTS: readonly (readonly [args: readonly string[], code?: number])[] = [
  [["sync", "--json"]],
  [["metrics", "-p", "all"]],
  [["metrics", "-p", "all", "--json"]],
  ...["model", "tool", "project", "hour"].flatMap((by) => [
    [["metrics", "-p", "all", "--group-by", by]] as const,
    [["metrics", "-p", "all", "--group-by", by, "--json"]] as const,
  ]),
  [["acceptance", "-p", "all"]],
  [["acceptance", "-p", "all", "-f", "csv"]],
  [["sessions", "-n", "0"]],
  [["sessions", "-n", "0", "--json", "--debug"]],
  [["similar", "--task", `fix ${MARKED} in a.ts`, "--json", "--debug"]],
  [["similar", "last", "--task", MARKED, "--debug"], 2],
  [["errors", "-p", "all", "--min-frequency", "1", "--json"]],
  [["predict", "--json"]],
  [["status"], 3],
  [["status", "--json"], 3],
  [["doctor"]],
  [["doctor", "--json"]],
  [["doctor", "--fix"]],
  [["dlq", "list"]],
  [["dlq", "list", "--json", "--debug"]],
  ...["1", "2", "3"].flatMap((id) => [
    [["dlq", "show", id]] as const,
    [["dlq", "show", id, "--json"]] as const,
  ]),
  [["dlq", "replay", "--all", "--debug"], 1],
  [["dlq", "replay", "1", "--json"], 1],
  ...["sessions", "metrics", "conversations", "events"].flatMap((what) => [
    [["export", "--what", what]] as const,
    [["export", "--what", what, "-f", "csv"]] as const,
  ]),
  [["export", "--anonymize", "-f", "markdown"]],
  [["purge", "--all", "--dry-run"]],
  [["purge", "--before", "2026-01-01", "--dry-run", "--json", "--debug"]],
  [["privacy", "audit"]],
  [["privacy", "audit", "--json"]],
];
/** Entries that no attempt can store: cut off, no event, an event with text in it. */
const POISON = [
  `{"event_id":"${MARKED}"`,
  JSON.stringify({ note: MARKED, [MARKED]: 1 }),
  encodeEvent(makePrompt({ id: "poison" })).replace('"words":3', `"words":"${MARKED}"`),
];

async function lookAtServer(findings: Findings, machine: Machine, crash: boolean): Promise<void> {
  const { server, url } = await startServe(machine);
  await using _server = server;
  await using socket = await openLiveSocket(url);
  await until("all is read", async () => {
    const { coverage } = await (await fetch(`${url}/api/v1/metrics`)).json();
    return coverage.files_total > 0 && coverage.files_done === coverage.files_total;
  });
  for (const page of PAGES) findings.look(page, await (await fetch(url + page)).text());
  for (const text of socket.messages) findings.look("/ws/metrics", text);
  await server.stop(crash ? "SIGKILL" : "SIGTERM");
  findings.look("serve's stdout", server.stdout);
  findings.look("serve's stderr", server.stderr);
}

// Goal: nothing but what CONTRACT allows is ever kept or shown. Method: transcripts with a marker
// in every field of every type of line go through a server that is killed, one that ends, a sync
// with dead letters, every report, page and message; then no byte anywhere holds a marker.
Deno.test("blueplane keeps and shows nothing of what is written in a transcript", async () => {
  using machine = tempMachine();
  const findings = new Findings();
  Deno.mkdirSync(`${machine.path}/tmp`);
  const env = { ...machine.env, TMPDIR: `${machine.path}/tmp` };
  const marked = { ...machine, env };
  const transcript = writeMarked(machine.claude, 1);

  await lookAtServer(findings, marked, true);
  findings.lookAtFiles(machine.home);
  transcript.write("{half a li");
  writeMarked(machine.claude, 2);
  await lookAtServer(findings, marked, false);
  queueEntries(machine.home, POISON);
  writeMarked(machine.claude, 3);
  for (const [args, expected = 0] of REPORTS) {
    const { code, stdout, stderr } = await runBinary(marked, args);
    equal(code, expected, `${args.join(" ")}: ${stderr}${stdout.slice(-900)}`);
    findings.look(`stdout of ${args.join(" ")}`, stdout);
    findings.look(`stderr of ${args.join(" ")}`, stderr);
  }

  for (const folder of [machine.home, machine.user, env.TMPDIR]) findings.lookAtFiles(folder);
  const events = findings.lookAtBlocks(machine.home);
  deepEqual(findings.found, []);
  const { stdout } = await runBinary(marked, ["status", "--json"]);
  const { queue } = JSON.parse(stdout);
  deepEqual([queue.events, queue.changes, queue.dead_letters], [0, 0, 3]);
  // Three sessions of some eighty events each were really read and really looked at.
  ok(events > 200, `${events} events`);
  ok(findings.bytes > 200_000, `${findings.bytes} bytes`);
});
