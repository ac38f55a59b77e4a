/** Tests of `blueplane archive`, and of what reads what it moved. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { archiveText, runArchive } from "../../../cli/commands/archive.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { recordedIo, runHere } from "../recorded_io.ts";

async function fill(machine: Machine): Promise<void> {
  for (let session = 1; session <= 3; session++) {
    new Transcript(machine.claude, { session }).prompt().response({ tool: "Bash" })
      .result().response();
  }
  await runHere(machine, ["sync"]);
}

async function json(machine: Machine, ...args: string[]) {
  return JSON.parse((await runHere(machine, [...args, "--json", "--no-sync"])).stdout);
}

async function exported(machine: Machine): Promise<string[]> {
  const args = ["export", "--what", "events", "-f", "jsonl", "-p", "all"];
  const { stdout, stderr } = await runHere(machine, args);
  equal(stderr, "");
  return stdout.split("\n").slice(1).sort();
}

Deno.test("runArchive() moves events, and every report stays what it was", async () => {
  using machine = tempMachine();
  await fill(machine);
  const reports = async () => [
    await json(machine, "sessions", "-n", "0"),
    await json(machine, "analyze", "last"),
    await exported(machine),
  ];
  const before = await reports();

  const { freed_bytes, bytes, ...archived } = await json(
    machine,
    "archive",
    "--older-than",
    "0d",
  );
  const again = await json(machine, "archive", "--older-than", "0d");
  await runHere(machine, ["sync"]);
  const { sessions, sessions_kept, events } = await json(machine, "rebuild");

  ok(bytes > 0 && freed_bytes >= 0);
  deepEqual(archived, {
    schema: "blueplane.archive/1",
    older_than_days: 0,
    events: 15,
    blocks: archived.blocks,
    parts: archived.parts,
    blocks_unreadable: 0,
  });
  equal(again.events, 0);
  deepEqual({ sessions, sessions_kept, events }, { sessions: 3, sessions_kept: 0, events: 15 });
  deepEqual(await reports(), before);
});

Deno.test("runArchive() says what it did, and takes the setting else", async () => {
  using machine = tempMachine();
  await fill(machine);
  match((await runHere(machine, ["archive", "--older-than", "0"])).stdout, /^15 events archived/);
  equal((await runHere(machine, ["archive"])).stdout, "Nothing is older than 90 days.\n");
  equal((await runHere(machine, ["archive", "-q"])).stdout, "");

  await runHere(machine, ["config", "set", "retention.raw_days", "0"]);

  const { code, stderr } = await runHere(machine, ["archive"]);
  equal(code, 2);
  match(stderr, /retention.raw_days is 0/);
});

Deno.test("archiveText() says of no room that it is won where none is", () => {
  const done = { events: 1, parts: 1, bytes: 2000 };

  equal(
    archiveText(90, { ...done, freed: 4096 }),
    "1 event archived in 1 file of 2.0 kB; the database is 4.1 kB smaller\n",
  );
  equal(
    archiveText(90, { ...done, freed: 0 }),
    "1 event archived in 1 file of 2.0 kB; the room in the database is free for what comes\n",
  );
});

Deno.test("runArchive() refuses an age that is none", async () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  for (const olderThan of ["x", "-1d", "1.5d", "90w"]) {
    const globals = { color: false, sync: true };
    await runArchive(io, globals, { olderThan }).then(
      () => ok(false, olderThan),
      (error) => match(String(error), /--older-than is a number of days/),
    );
  }
});

Deno.test("runArchive() leaves no byte that an audit does not look at", async () => {
  using machine = tempMachine();
  await fill(machine);
  await runHere(machine, ["archive", "--older-than", "0d"]);

  const audit = await json(machine, "privacy", "audit");

  equal(audit.clean, true);
  equal(audit.events, 15);
  ok(audit.places.some(({ place }: { place: string }) => place === "events in the archive"));
});
