/** Tests of joining the installation that invited. */

import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync } from "node:fs";
import { takeWriterLock } from "../../../core/writer_lock.ts";
import { encodeInvitation } from "../../../cli/worker/invitation.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { type RecordedOptions, runHere } from "../recorded_io.ts";

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);
const LINE = `${encodeInvitation(KEY)}\n`;

function join(machine: Machine, options: RecordedOptions = { stdin: LINE }) {
  return runHere(machine, ["worker", "--join"], options);
}

function keyOf(machine: Machine): Uint8Array {
  return Deno.readFileSync(`${machine.home}/install.key`);
}

Deno.test("join() takes the key from stdin, and says what is next", async () => {
  using machine = tempMachine();
  const joined = await join(machine);
  deepEqual(joined, {
    code: 0,
    stdout: "Joined; now set redis.url, then run blueplane worker --role capture\n",
    stderr: "",
  });
  deepEqual(keyOf(machine), KEY);
  equal(existsSync(`${machine.home}/worker.json`), true);
  if (Deno.build.os === "windows") return;
  for (const name of ["install.key", "worker.json"]) {
    equal(Deno.statSync(`${machine.home}/${name}`).mode! & 0o777, 0o600);
  }
});

Deno.test("join() asks for the invitation, when stdin is a terminal", async () => {
  using machine = tempMachine();
  const { code, stderr } = await join(machine, { typed: `${LINE}more that is typed later` });
  deepEqual({ code, stderr }, { code: 0, stderr: "Invitation: " });
  deepEqual(keyOf(machine), KEY);
});

Deno.test("join() prints one line of JSON, when that is asked for", async () => {
  using machine = tempMachine();
  const { code, stdout } = await runHere(machine, ["worker", "--join", "--json"], {
    stdin: LINE,
  });
  deepEqual([code, stdout], [0, '{"schema":"blueplane.worker/1","joined":true}\n']);
});

Deno.test("join() does no harm, when it is done twice", async () => {
  using machine = tempMachine();
  await join(machine);
  const before = Deno.readTextFileSync(`${machine.home}/worker.json`);
  const env = { BLUEPLANE_REDIS_URL: "redis://127.0.0.1:1" };
  const { code, stdout } = await join(machine, { stdin: LINE, env });
  deepEqual([code, stdout], [0, "Joined; now run blueplane worker --role capture\n"]);
  equal(Deno.readTextFileSync(`${machine.home}/worker.json`), before);
  equal((await join(machine, { stdin: "" })).code, 1);
  deepEqual(keyOf(machine), KEY);
});

Deno.test("join() changes and repeats nothing, when the line is no invitation", async () => {
  using machine = tempMachine();
  await runHere(machine, ["status"]);
  const own = keyOf(machine);
  const secret = LINE.trim().slice(0, -4);
  for (const stdin of ["", secret, LINE.toLowerCase(), "x".repeat(5000)]) {
    const { code, stdout, stderr } = await join(machine, { stdin });
    deepEqual({ code, stdout }, { code: 1, stdout: "" });
    const what = /invite/.test(stdin) ? "the invitation is damaged, " : "this is no invitation; ";
    equal(stderr.startsWith(`error: Cannot join: ${what}`), true, stderr);
    equal(stderr.toLowerCase().includes(secret.toLowerCase()) || stderr.includes("xxx"), false);
  }
  deepEqual(keyOf(machine), own);
  equal(existsSync(`${machine.home}/worker.json`), false);
});

Deno.test("join() keeps a data folder that has events of its own", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const own = keyOf(machine);
  const { code, stderr } = await join(machine);
  equal(code, 1);
  equal(
    stderr,
    "error: Cannot join: this data folder has events of its own, under another key; name " +
      "another with --home DIR, or move it away\n",
  );
  deepEqual(keyOf(machine), own);
  equal((await runHere(machine, ["metrics"])).code, 0);
});

Deno.test("join() keeps the data folder that invited from joining itself", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const { stdout: stdin } = await runHere(machine, ["worker", "--invite"]);
  const { code, stderr } = await join(machine, { stdin });
  equal(code, 1);
  match(stderr, /^error: Cannot join: this data folder is the one that invited, or a copy /);
});

Deno.test("join() takes an empty folder, and says that what hooks left is gone", async () => {
  using machine = tempMachine();
  // A line without any event: its position is noted under the own key.
  Deno.mkdirSync(`${machine.claude}/projects/-x`);
  Deno.writeTextFileSync(`${machine.claude}/projects/-x/1.jsonl`, '{"type":"summary"}\n');
  await runHere(machine, ["sync"]);
  const stop = JSON.stringify({ hook_event_name: "Stop", session_id: "s1" });
  await runHere(machine, ["hook", "claude-code"], { stdin: stop });
  const { code, stderr } = await join(machine);
  deepEqual({ code, stderr }, {
    code: 0,
    stderr: "warning: What hooks left here before is gone: it had another key\n",
  });
  deepEqual([...Deno.readDirSync(`${machine.home}/spool`)], []);
  equal(existsSync(`${machine.home}/telemetry.db`), false);
  deepEqual(keyOf(machine), KEY);
});

Deno.test("join() waits for nobody, when another process uses the data folder", async () => {
  using machine = tempMachine();
  await runHere(machine, ["status"]);
  using _lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  const { code, stderr } = await join(machine);
  deepEqual({ code, stderr }, {
    code: 1,
    stderr: "error: Cannot join: another blueplane uses this data folder; stop it first\n",
  });
});
