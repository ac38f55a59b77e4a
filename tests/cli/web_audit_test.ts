/** Tests of `cli/web_audit.ts`: the command looks, and what it found is remembered. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { WebAudit } from "../../cli/web_audit.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { NotReadyError } from "../../web/problem.ts";
import { runSource, sourceCall, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("WebAudit() remembers what the command found, which looks once at a time", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  await runSource(machine, ["sync"]);
  const { args, env } = sourceCall(machine, []);
  const named = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const program = ["/usr/bin/env", ...named, Deno.execPath(), ...args];
  const io = { ...recordedIo(machine, []), program };
  const audit = new WebAudit(openWorkspace(io, { color: false, sync: true }));

  equal(audit.last, undefined);
  const first = audit.run();
  await rejects(audit.run(), NotReadyError);
  const found = await first;

  deepEqual([found.clean, found.findings], [true, []]);
  ok(found.events > 0 && found.bytes > 1000 && found.places > 1);
  equal(audit.last, found);
  Deno.writeTextFileSync(`${machine.home}/logs.txt`, "mail ada@lovelace.example now");
  const later = await audit.run();
  equal(later.clean, false);
  ok(later.findings.some(({ kind }) => kind === "e_mail"));
  ok(!JSON.stringify(later).includes(machine.path));
});
