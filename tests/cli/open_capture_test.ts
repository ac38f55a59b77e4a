/** Tests of capture as a server and a worker have it. */

import { deepEqual, equal } from "node:assert/strict";
import { existsSync } from "node:fs";
import { openCapture } from "../../cli/open_capture.ts";
import { ProgressBar } from "../../cli/progress.ts";
import { Trouble } from "../../cli/trouble.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { openWriter } from "../../core/open_writer.ts";
import { QueueLostError } from "../../core/intake.ts";
import { tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo } from "./recorded_io.ts";

for (const canBeLost of [true, false]) {
  const how = canBeLost ? "that can be lost" : "that cannot be lost";
  Deno.test(`openCapture() reads again what is not stored, of a queue ${how}`, async () => {
    using machine = tempMachine();
    new Transcript(machine.claude).prompt().response();
    const io = recordedIo(machine, []);
    const workspace = openWorkspace(io, { color: false, sync: true });
    using db = openWriter(workspace.home.database);
    using bar = new ProgressBar(io);
    const stop = new AbortController();
    const accepted: number[] = [];
    let isLost = true, rewinds = 0;
    const unread: number[] = [];
    const capture = await openCapture(workspace, {
      db,
      bar,
      trouble: new Trouble(io, stop.signal),
      intake: {
        accept(events) {
          if (events.length === 0) return Promise.resolve();
          accepted.push(events.length);
          if (!isLost) return Promise.resolve();
          isLost = false;
          return Promise.reject(new QueueLostError());
        },
        rewound: () => Promise.resolve(void rewinds++),
      },
      noteUnread: async (files) => unread.push(files),
      storedPosition: canBeLost ? () => Promise.resolve(0) : undefined,
    });
    equal(existsSync(workspace.home.spool), true);
    const following = capture.follow(stop.signal);
    await until("it goes on", () => io.stderr.text.includes("note: reading goes on"));
    stop.abort();
    await following;
    deepEqual(accepted, [2, 2]);
    equal(unread[0], 1);
    equal(rewinds, canBeLost ? 1 : 0);
    deepEqual(capture.coverage(), { files_done: 1, files_total: 1 });
    equal(io.stderr.text.startsWith("warning: Cannot go on from there: the queue lost "), true);
  });
}
