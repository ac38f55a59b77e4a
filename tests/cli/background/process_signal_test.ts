/** Tests of signals to processes that may be gone. */

import { equal } from "node:assert/strict";
import { isAlive, sendSignal } from "../../../cli/background/process_signal.ts";

Deno.test("sendSignal() reaches a process, and passes over one that is gone", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "setInterval(() => {}, 1000)"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  equal(isAlive(child.pid), true);
  sendSignal(child.pid, "SIGKILL");
  equal((await child.status).success, false);
  equal(isAlive(child.pid), false);
  sendSignal(child.pid, "SIGKILL");
});
