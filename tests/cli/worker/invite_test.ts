/** Tests of inviting another machine. */

import { deepEqual, equal, match } from "node:assert/strict";
import { decodeInvitation } from "../../../cli/worker/invitation.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";

Deno.test("invite() prints the key of this installation, and that it is a secret", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["worker", "--invite"]);
  equal(code, 0);
  deepEqual(decodeInvitation(stdout), Deno.readFileSync(`${machine.home}/install.key`));
  match(stderr, /^note: this line is a secret: /);
  match(stderr, /Set redis\.url here and on the other machine, then run there:\n/);
  match(stderr, /^ {2}blueplane worker --join /m);
  equal(stdout, (await runHere(machine, ["worker", "--invite"])).stdout);
});

Deno.test("invite() tells of no address, and says nothing more with --quiet", async () => {
  using machine = tempMachine();
  const env = { BLUEPLANE_REDIS_URL: "rediss://ada:secret@redis.example:6379" };
  const { stderr } = await runHere(machine, ["worker", "--invite"], { env });
  match(stderr, /Set redis\.url on the other machine as it is here, then run there:\n/);
  equal(/ada|secret@|example/.test(stderr), false, stderr);
  equal((await runHere(machine, ["worker", "--invite", "-q"])).stderr, "");
});

Deno.test("invite() prints one line of JSON, when that is asked for", async () => {
  using machine = tempMachine();
  const { stdout } = await runHere(machine, ["worker", "--invite", "--json"]);
  const { invitation, ...document } = JSON.parse(stdout);
  deepEqual(document, { schema: "blueplane.worker/1" });
  deepEqual(decodeInvitation(invitation), Deno.readFileSync(`${machine.home}/install.key`));
});
