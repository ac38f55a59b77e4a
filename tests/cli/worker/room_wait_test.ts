/** Tests of what a worker says while it waits for room. */

import { equal } from "node:assert/strict";
import { RoomWait } from "../../../cli/worker/room_wait.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { recordedIo } from "../recorded_io.ts";

const WARNING = "warning: 5,001 events wait in Redis already; waiting until the server that " +
  "processes has taken some\n";

function open() {
  using machine = tempMachine();
  const clock = new VirtualClock(0);
  const io = recordedIo(machine, [], { clock });
  return { clock, io, wait: new RoomWait(io) };
}

Deno.test("RoomWait.tell() speaks of a long wait once, and of its end", () => {
  const { wait, clock, io } = open();
  for (let i = 0; i < 10; i++) {
    wait.tell(5001);
    clock.advance(200);
  }
  equal(io.stderr.text, "");
  for (let i = 0; i < 10; i++) wait.tell(5001);
  equal(io.stderr.text, WARNING);

  for (let i = 0; i < 2; i++) wait.tell(0);
  equal(io.stderr.text, `${WARNING}note: publishing goes on\n`);
});

Deno.test("RoomWait.tell() says nothing of short waits, however many", () => {
  const { wait, clock, io } = open();
  for (let i = 0; i < 100; i++) {
    wait.tell(i % 5 === 0 ? 0 : 5001);
    clock.advance(400);
  }
  equal(io.stderr.text, "");
});
