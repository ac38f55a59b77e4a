/** Tests of reports that the running server answers. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { askServer, periodQuestion } from "../../cli/ask_server.ts";
import { RIGHTS } from "../../cli/rights.ts";
import { readServerNote, type ServerNote } from "../../cli/server_file.ts";
import type { FilterOptions } from "../../cli/with_report.ts";
import { homeAt } from "../../core/home.ts";
import type { MetricsReport } from "../../core/reports/metrics_report.ts";
import {
  type Machine,
  startServe,
  startSource,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo } from "./recorded_io.ts";

const GLOBALS = { color: true, sync: true };

interface Asking extends FilterOptions {
  readonly sync?: boolean;
  readonly path?: string;
  readonly period?: string;
  readonly isEnough?: boolean;
}

async function ask(machine: Machine, asking: Asking = {}) {
  const { sync = true, path = "/api/v1/metrics", period = "all", isEnough = true } = asking;
  const io = recordedIo(machine, []);
  const report = await askServer<MetricsReport>(io, { ...GLOBALS, sync }, asking, {
    path,
    question: { period },
    isEnough: () => isEnough,
  });
  deepEqual(io.givenUp, report === undefined ? [] : RIGHTS);
  return report?.totals.user_prompts;
}

/** What an installation has beside its database: all that is asked for has to be answered. */
function writeNote(machine: Machine, key: Uint8Array, note: ServerNote): void {
  Deno.mkdirSync(machine.home, { recursive: true });
  Deno.writeFileSync(`${machine.home}/install.key`, key);
  Deno.writeTextFileSync(`${machine.home}/serve.json`, JSON.stringify(note));
}

Deno.test("askServer() asks the server of its note, and none that answers otherwise", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().prompt();
  // This process is the other one.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const start = (of: Machine, args: readonly string[]) =>
    startSource(of, args, { env: { TZ: timeZone } });
  await using _server = (await startServe(machine, [], start)).server;
  await until("both prompts are read", async () => await ask(machine) === 2);

  equal(await ask(machine, { platform: "claude", model: "none" }), null);
  // Found out where it is asked, said empty, or not to be asked.
  for (const name of ["project", "session"]) {
    equal(await ask(machine, { [name]: "a" }), undefined);
  }
  for (const name of ["platform", "model"]) equal(await ask(machine, { [name]: "" }), undefined);
  equal(await ask(machine, { sync: false }), undefined);
  equal(await ask(machine, { isEnough: false }), undefined);
  // What no route takes is said by who looks at it here.
  equal(await ask(machine, { platform: "netscape" }), undefined);
  equal(await ask(machine, { period: "2h" }), undefined);
  equal(await ask(machine, { path: "/api/v1/none" }), undefined);

  const note = readServerNote(homeAt(machine.home))!, { answers, ...unknown } = note;
  const key = Deno.readFileSync(`${machine.home}/install.key`);
  const home = `${machine.path}/elsewhere`;
  const elsewhere = { ...machine, home, env: { ...machine.env, BLUEPLANE_HOME: home } };
  const told = async (written: ServerNote) => {
    writeNote(elsewhere, key, written);
    return await ask(elsewhere);
  };
  equal(await told(note), 2);
  equal(await told({ ...note, pid: note.pid + 1 }), undefined);
  equal(await told({ ...note, answers: { ...answers!, mark: "another" } }), undefined);
  equal(await told(unknown), undefined);
  equal(await told({ ...note, url: "http://127.0.0.1:1" }), undefined);
  equal(await told({ ...note, url: "" }), undefined);
  // Somebody else who has the port, and has seen an answer.
  await using stranger = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => Response.json({ totals: {} }, { headers: { "Blueplane-Proof": "0".repeat(64) } }),
  );
  equal(await told({ ...note, url: `http://127.0.0.1:${stranger.addr.port}` }), undefined);
});

Deno.test("askServer() has no answer, when there is no server and no home", async () => {
  using machine = tempMachine();

  equal(await ask(machine), undefined);
  equal(await ask({ ...machine, env: {} }), undefined);
});

Deno.test("periodQuestion() names a period, or tells moments as they are everywhere", () => {
  const at = Date.UTC(2026, 2, 1, 12), to = Date.UTC(2026, 2, 2);
  const since = "2026-03-01T12:00:00.000Z", until = "2026-03-02T00:00:00.000Z";

  deepEqual(periodQuestion({ period: "7d" }, { from: at, to }), { period: "7d" });
  const of = (options: { since?: string; until?: string }, from: number | undefined) =>
    periodQuestion({ period: "24h", ...options }, { from, to });
  deepEqual(of({ since: "x" }, at), { since, until: undefined });
  deepEqual(of({ until: "y" }, undefined), { since: undefined, until });
  deepEqual(of({ since: "x", until: "y" }, at), { since, until });
  ok(!("period" in of({ since: "x" }, at)));
});
