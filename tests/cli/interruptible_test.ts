/** Tests of long work that its user may end. */

import { equal, rejects } from "node:assert/strict";
import { interruptible } from "../../cli/interruptible.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("interruptible() ends the work at its next turn, and what it holds goes", async () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  let turns = 0, isHeld = false;

  const given = await interruptible(io, async (turn) => {
    using _held = { [Symbol.dispose]: () => isHeld = false };
    isHeld = true;
    for (;;) {
      if (++turns === 3) io.interrupt();
      await turn();
    }
  });

  equal(given, undefined);
  equal(turns, 3);
  equal(isHeld, false);
});

Deno.test("interruptible() gives what the work gives, and its errors", async () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  const failing = async (turn: () => Promise<void>) => {
    await turn();
    throw new Error("Cannot go on: it is half way");
  };

  equal(await interruptible(io, (turn) => turn().then(() => 7)), 7);
  await rejects(interruptible(io, failing), /half way/);
});
