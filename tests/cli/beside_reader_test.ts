/** Tests of what a report does while another process reads. */

import { deepEqual, equal } from "node:assert/strict";
import { besideReader } from "../../cli/beside_reader.ts";
import type { Globals } from "../../cli/cli.ts";
import { HomeReader } from "../../cli/home_reader.ts";
import type { News } from "../../cli/read_news.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { noteUnread } from "../../core/files_found.ts";
import { openWriter } from "../../core/open_writer.ts";
import { takeWriterLock } from "../../core/writer_lock.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

const NOTE = "note: another blueplane is reading; what follows is what is stored so far\n";
const NEWS: News = {
  totals: new Map(),
  stored: new Map(),
  deadLetters: 0,
  coverage: undefined,
  interrupted: false,
};

/** @param onWait is called while it waits, instead of any waiting */
async function beside(machine: Machine, onWait: () => void, globals: Partial<Globals> = {}) {
  const io = recordedIo(machine, []);
  const clock = { ...io.clock, now: () => io.clock.now(), sleep: async () => onWait() };
  const workspace = openWorkspace({ ...io, clock }, { color: true, sync: true, ...globals });
  using reader = new HomeReader(workspace, "once");
  const news = await besideReader(workspace, reader, () => Promise.resolve(NEWS));
  return { news, stderr: io.stderr.text };
}

Deno.test("besideReader() waits until it is told how many files there are", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  using _lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  let waits = 0;
  const result = await beside(machine, () => {
    using db = openWriter(`${machine.home}/telemetry.db`);
    if (++waits === 3) noteUnread(db, 64);
  });
  deepEqual({ ...result, waits }, { news: undefined, stderr: NOTE, waits: 3 });

  const { stdout, stderr } = await runHere(machine, ["metrics", "-p", "all", "--json"]);
  equal(stderr, NOTE);
  const { files_done, files_total } = JSON.parse(stdout).coverage;
  deepEqual({ files_done, files_total }, { files_done: 0, files_total: 64 });
});

Deno.test("besideReader() reads, when the other is done and told nothing", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  const lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  const { news, stderr } = await beside(machine, () => lock?.[Symbol.dispose]());
  deepEqual({ news, stderr }, { news: NEWS, stderr: "" });
});

Deno.test("besideReader() waits not for ever, and is quiet where that is asked for", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  using _lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  equal((await beside(machine, () => {})).stderr, NOTE);
  equal((await beside(machine, () => {}, { quiet: true })).stderr, "");
});

Deno.test("besideReader() says nothing of one that lends its turn", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  using _lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  using _lent = takeWriterLock(`${machine.home}/telemetry.lent`);
  equal((await beside(machine, () => {})).stderr, "");
});
