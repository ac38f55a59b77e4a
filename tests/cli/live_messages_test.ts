/** Tests of the lines of JSON that `metrics --watch` prints. */

import { deepEqual, equal } from "node:assert/strict";
import type { LiveView } from "../../cli/live_lines.ts";
import { LiveMessages } from "../../cli/live_messages.ts";
import { NOON } from "../helpers/events.ts";
import { makePicture } from "../helpers/live_pictures.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { recordedIo } from "./recorded_io.ts";

function open() {
  using machine = tempMachine();
  const clock = new VirtualClock(NOON);
  const io = recordedIo(machine, [], { clock });
  const messages = () => io.stdout.text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
  return { clock, io, face: new LiveMessages(io), messages };
}

function view(seed: number, changes: Partial<LiveView> = {}): LiveView {
  return { picture: makePicture(seed), period: "24h", source: "redis", ...changes };
}

Deno.test("LiveMessages.show() prints a sign of life, when nothing changes for long", () => {
  const { face, clock, messages } = open();
  const types = () => messages().map(({ type }) => type);
  face.show(view(1));
  clock.advance(4999);
  face.show(view(1));
  deepEqual(types(), ["snapshot"]);

  clock.advance(1);
  face.show(view(1));
  face.show(view(1));
  deepEqual(types(), ["snapshot", "heartbeat"]);
  clock.advance(4999);
  face.show(view(2));
  clock.advance(4999);
  face.show(view(2));
  deepEqual(types(), ["snapshot", "heartbeat", "change"]);
  const [, life] = messages();
  deepEqual(life, {
    schema: "blueplane.live/1",
    type: "heartbeat",
    timestamp: new Date(NOON + 1).toISOString(),
    period: "24h",
    source: "redis",
    data: {},
  });
});

Deno.test("LiveMessages.show() says on stderr why numbers may be old, and that it is over", () => {
  const { face, io, messages } = open();
  const trouble = "Cannot reach Redis: it does not answer";
  face.show(view(1));
  for (const changes of [{ trouble }, { trouble }, {}, {}]) face.show(view(1, changes));
  equal(io.stderr.text, `warning: ${trouble}\nnote: reading goes on\n`);
  equal(messages().length, 1);
});
