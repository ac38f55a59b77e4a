/** Tests of the reader that one call goes on with. */

import { equal, match, ok } from "node:assert/strict";
import { HomeReader } from "../../cli/home_reader.ts";
import { readNews } from "../../cli/read_news.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { isKeeper } from "../../core/database.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

function open(machine: Machine) {
  const io = recordedIo(machine, []);
  return { io, workspace: openWorkspace(io, { color: true, sync: true }) };
}

Deno.test("HomeReader() opens what is there, and again after it was closed", async () => {
  using machine = tempMachine();
  const { workspace } = open(machine);
  using reader = new HomeReader(workspace, "once");
  ok(!reader.db);
  new Transcript(machine.claude).prompt();
  await readNews(workspace);

  const first = reader.db!, second = reader.db!;
  ok(!isKeeper(first));
  equal(second, first);
  reader.close();
  ok(!first.isOpen);
  const third = reader.db!;
  ok(third.isOpen);
});

Deno.test("HomeReader() stays open where nothing is new, closes before a writer", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { workspace } = open(machine);
  await readNews(workspace);
  using reader = new HomeReader(workspace, "once");
  await readNews(workspace, { reader });
  const before = reader.db!;
  ok(before.isOpen);

  transcript.response();
  await readNews(workspace, { reader });

  ok(!before.isOpen);
  // Closed in time: the last to close has emptied the log.
  ok(![...Deno.readDirSync(machine.home)].some(({ name }) => name.endsWith("-wal")));
});

Deno.test("HomeReader.close() makes way where the database is damaged", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  equal((await runHere(machine, ["sync"])).code, 0);
  const path = `${machine.home}/telemetry.db`;
  Deno.writeFileSync(path, Deno.readFileSync(path).fill(0xee, 200, 4096));
  const { io, workspace } = open(machine);
  using reader = new HomeReader(workspace, "once");

  const news = await readNews(workspace, { reader });

  match(io.stderr.text, /^warning: The database was damaged/);
  equal(news?.coverage?.files_done, 1);
  equal(reader.db!.prepare("select count(*) as n from sessions").get()!.n, 1);
});
