/** Tests of `cli/web_export.ts`: the command makes the file, and nothing of it stays. */

import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { exportWords, webExports } from "../../cli/web_export.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { NotReadyError, RequestError } from "../../web/problem.ts";
import type { ExportRequest } from "../../web/web_context.ts";
import { runSource, sourceCall, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo } from "./recorded_io.ts";

const SESSIONS: ExportRequest = {
  what: "sessions",
  format: "csv",
  anonymize: false,
  options: { period: "all", model: undefined },
};

Deno.test("exportWords() leaves no value to be taken for an option", () => {
  const options = { project: "--output=/etc/passwd", session: undefined };

  const words = exportWords({ ...SESSIONS, anonymize: true, options }, "/home", "/home/tmp/x");

  deepEqual(words, [
    "export",
    "--quiet",
    "--no-sync",
    "--home=/home",
    "--what=sessions",
    "--format=csv",
    "--output=/home/tmp/x",
    "--anonymize",
    "--project=--output=/etc/passwd",
  ]);
});

Deno.test("webExports() has the command make a file, one at a time, and keeps none", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  await runSource(machine, ["sync"]);
  const { args, env } = sourceCall(machine, []);
  const program = ["/usr/bin/env", ...pairs(env), Deno.execPath(), ...args];
  const io = { ...recordedIo(machine, []), program };
  const workspace = openWorkspace(io, { color: false, sync: true });
  const exportFile = webExports(workspace);

  const first = exportFile(SESSIONS);
  await rejects(exportFile(SESSIONS), NotReadyError);
  const { bytes, body } = await first;
  const text = await new Response(body).text();

  equal(new TextEncoder().encode(text).length, bytes);
  match(text, /^session_id,/);
  equal(text.trim().split("\n").length, 2);
  deepEqual([...Deno.readDirSync(`${machine.home}/tmp`)], []);
  const nonsense = {
    ...SESSIONS,
    what: "events",
    options: { period: "all", model: "x" },
  } as const;
  await rejects(exportFile(nonsense), (error) => {
    equal(error instanceof RequestError, true);
    match(String(error), /Cannot choose events by --model/);
    return true;
  });
});

function pairs(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}
