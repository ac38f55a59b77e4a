/** Tests of Cursor's databases with the binary: the shared ones, large ones, and running ones. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { hasOpen, peakMemory } from "../helpers/big_reads.ts";
import {
  listFolder,
  makeState,
  type PlainRow,
  startWriter,
} from "../helpers/cursor_databases.ts";
import {
  type Machine,
  runBinary,
  startBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";

const corpus = decodeURIComponent(
  new URL("../../../shared/corpus/cursor", import.meta.url).pathname,
);
const isLinux = Deno.build.os === "linux";
const MEMORY_MAX = 200 * 1024 * 1024;
const ALLOWED = `key in ('aiService.generations', 'aiService.prompts', 'composer.composerData',
    'composer.composerHeaders', 'workbench.panel.aichat.view.aichat.chatdata',
    'aiCodeTracking.recentCommit', 'workbench.backgroundComposer.workspacePersistentData')
  or key like 'aiCodeTracking.dailyStats.v%' or key like 'composerData:%'
  or key like 'bubbleId:%' or key like 'codeBlockPartialInlineDiffFates:%'`;

for (const name of ["scrubbed-2026-08", "scrubbed-2025-03", "slevin48-2024-11"]) {
  Deno.test(`blueplane sync reads each allowed row of ${name} once`, async () => {
    using machine = cursorMachine(`${corpus}/${name}/User`);
    const expected = countAllowed(`${corpus}/${name}/User`);

    const { cursor } = await sync(machine);

    deepEqual([cursor.files, cursor.bytes], [expected.files, expected.bytes]);
    equal(await rowsRead(machine), expected.rows);
    equal((await sync(machine)).cursor.bytes, 0);
    equal(await findings(machine, /^database_/), 0);
  });
}

Deno.test({
  name: "blueplane sync reads a large database in bounded memory, and writes nothing there",
  ignore: !isLinux, // Only its /proc tells the memory of another process.
  fn: async () => {
    using machine = cursorMachine();
    makeState(globalState(machine), largeRows(200));
    const before = listFolder(`${machine.path}/User/globalStorage`);
    await using reading = startBinary(machine, ["sync", "--json"]);

    const memory = await peakMemory(reading);

    equal((await reading.ended).code, 0, reading.stderr);
    equal(cursorBytes(reading.stdout), countAllowed(`${machine.path}/User`).bytes);
    ok(memory > 0 && memory < MEMORY_MAX, `${memory} bytes of memory`);
    deepEqual(listFolder(`${machine.path}/User/globalStorage`), before);
  },
});

Deno.test({
  name: "blueplane sync goes on with a large database, when it was interrupted there",
  ignore: !isLinux, // Only its /proc tells that another process has a file open.
  fn: async () => {
    using machine = cursorMachine();
    makeState(globalState(machine), largeRows(400));
    const allowed = countAllowed(`${machine.path}/User`).bytes;
    const parts: number[] = [];
    for (let round = 0; round < 3; round++) {
      await using reading = startBinary(machine, ["sync", "--json"]);
      await reading.until("it reads", () => hasOpen(reading.pid, globalState(machine)));
      equal((await reading.stop("SIGINT")).code, 130, reading.stderr);
      parts.push(cursorBytes(reading.stdout));
    }
    parts.push((await sync(machine)).cursor.bytes);

    const bytes = parts.reduce((sum, part) => sum + part, 0);
    ok(parts.at(-1)! > 0, parts.join(" + "));
    // A composer in the middle of which it was interrupted is read again.
    ok(bytes >= allowed && bytes < allowed + 5_000_000, `${parts.join(" + ")} of ${allowed}`);
  },
});

Deno.test("blueplane sync leaves nothing of a log that it had to copy", async () => {
  using machine = cursorMachine();
  const path = globalState(machine);
  makeState(path, []);
  const writer = await startWriter(path);
  await writer.put(["bubbleId:a:1", '{"text": "a canary in the log"}']);
  await writer.kill();
  Deno.removeSync(`${path}-shm`);

  await sync(machine);

  equal(await rowsRead(machine), 1);
  deepEqual([...Deno.readDirSync(`${machine.home}/tmp`)], []);
  for (const { name, isFile } of Deno.readDirSync(machine.home)) {
    if (!isFile) continue;
    const bytes = Deno.readFileSync(`${machine.home}/${name}`);
    ok(!new TextDecoder("latin1").decode(bytes).includes("canary"), name);
  }
});

Deno.test("blueplane serve sees what a running Cursor writes, within a poll", async () => {
  using machine = cursorMachine();
  const path = globalState(machine);
  makeState(path, [["composerData:a", "{}"]]);
  await using writer = await startWriter(path);
  await writer.put(["bubbleId:a:1", "{}"]);
  const env = { ...machine.env, BLUEPLANE_CAPTURE_POLL_SECONDS: "1" };
  const { server } = await startServe(
    machine,
    [],
    (machine, args) => startBinary(machine, args, { env }),
  );
  await using _server = server;
  await until("both rows are read", async () => await rowsRead(machine) === 2);

  await writer.put(["bubbleId:a:2", "{}"], ["bubbleId:a:3", "{}"]);

  await until("the new rows are read", async () => await rowsRead(machine) >= 4);
  deepEqual(listFolder(`${machine.path}/User/globalStorage`).map((line) => line.split(" ")[0]), [
    "state.vscdb",
    "state.vscdb-shm",
    "state.vscdb-wal",
  ]);
});

Deno.test("blueplane doctor tells of databases that sync cannot read", async () => {
  using machine = cursorMachine();
  makeState(globalState(machine), [["composerData:a", "{}"]]);
  for (const [name, text] of [["empty", ""], ["junk", "no database ".repeat(1000)]] as const) {
    Deno.mkdirSync(`${machine.path}/User/workspaceStorage/${name}`, { recursive: true });
    Deno.writeTextFileSync(`${machine.path}/User/workspaceStorage/${name}/state.vscdb`, text);
  }
  Deno.mkdirSync(`${machine.path}/User/workspaceStorage/half`);
  const whole = Deno.readFileSync(globalState(machine));
  const half = `${machine.path}/User/workspaceStorage/half/state.vscdb`;
  Deno.writeFileSync(half, whole.slice(0, whole.length / 2));

  const { code, stdout, stderr } = await runBinary(machine, ["sync", "--json"]);

  equal(code, 0, stderr);
  equal(JSON.parse(stdout).platforms.cursor.files, 2);
  equal(stderr.match(/it is damaged/g)?.length, 2);
  equal(await findings(machine, /^database_(empty|damaged|cut_short)\.cursor$/), 3);
});

Deno.test("blueplane doctor has a line for Cursor, when it is not on this machine", async () => {
  using machine = tempMachine();

  const { code, stdout } = await runBinary(machine, ["doctor"]);

  equal(code, 0);
  ok(stdout.includes("· Cursor is not on this machine"));
});

Deno.test("blueplane analyze tells what a person took back in Cursor", async () => {
  using machine = cursorMachine();
  const id = "5c000000-0000-4000-8000-000000000001", at = Date.UTC(2026, 2, 1, 12);
  const bubbles = {
    u1: { type: 1, text: "Begin" },
    a1: { type: 2, text: "Done" },
    u2: { type: 1, text: "Go on" },
    e2: {
      type: 2,
      capabilityType: 15,
      toolFormerData: { name: "edit_file", toolCallId: "t2", status: "completed" },
    },
  };
  const rows = Object.entries(bubbles).map(([bubbleId, fields], i): PlainRow => [
    `bubbleId:${id}:${bubbleId}`,
    JSON.stringify({ ...fields, _v: 3, bubbleId, createdAt: new Date(at + i * 1000) }),
  ]);
  const composer = (more: Readonly<Record<string, unknown>>): PlainRow => [
    `composerData:${id}`,
    JSON.stringify({
      ...{ _v: 16, composerId: id, createdAt: at, lastUpdatedAt: at + 60_000 },
      fullConversationHeadersOnly: Object.entries(bubbles)
        .map(([bubbleId, { type }]) => ({ bubbleId, type })),
      ...more,
    }),
  ];
  const path = globalState(machine);
  makeState(path, [composer({}), ...rows]);
  const told = async () => {
    await sync(machine);
    const { stdout } = await runBinary(machine, ["analyze", "last", "--json"]);
    const { session, turns } = JSON.parse(stdout);
    const rewound = turns.map((turn: { readonly rewound: boolean | null }) => turn.rewound);
    return [session.rewound_turns, rewound];
  };

  deepEqual(await told(), [null, [null, null]]);
  makeState(path, [composer({ currentBubbleId: "u2", latestCheckpointId: "c1" })]);
  deepEqual(await told(), [1, [null, true]]);
  const metrics = await runBinary(machine, ["metrics", "-p", "all", "--json"]);
  equal(JSON.parse(metrics.stdout).totals.rewound_turns, 1);
});

/** A machine on which Cursor has its folder. */
function cursorMachine(userFolder?: string): Machine {
  const machine = tempMachine();
  const folder = userFolder ?? `${machine.path}/User`;
  Deno.mkdirSync(`${machine.path}/User`);
  return { ...machine, env: { ...machine.env, BLUEPLANE_CURSOR_USER_DIR: folder } };
}

function globalState({ path }: Machine): string {
  return `${path}/User/globalStorage/state.vscdb`;
}

async function sync(machine: Machine) {
  const { code, stdout, stderr } = await runBinary(machine, ["sync", "--json"]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  return JSON.parse(stdout).platforms;
}

function cursorBytes(json: string): number {
  return JSON.parse(json).platforms.cursor.bytes;
}

async function rowsRead(machine: Machine): Promise<number> {
  const { stdout } = await runBinary(machine, ["status", "--json"]);
  return JSON.parse(stdout).lines?.read ?? 0;
}

async function findings(machine: Machine, id: RegExp): Promise<number> {
  const { stdout } = await runBinary(machine, ["doctor", "--json"]);
  return JSON.parse(stdout).findings.filter((finding: { id: string }) => id.test(finding.id))
    .length;
}

/** The rows that may be read, counted by SQL of its own. */
function countAllowed(folder: string) {
  let files = 0, rows = 0, bytes = 0;
  for (const path of databasesBelow(folder)) {
    files++;
    using db = new DatabaseSync(new URL(`file://${path}?immutable=1`), { readOnly: true });
    const tables = db.prepare("select name from sqlite_schema where type = 'table'").all();
    for (const { name } of tables) {
      const counted = db.prepare(
        `select count(value) as n, ifnull(sum(octet_length(value)), 0) as bytes from ${name}
         where ${ALLOWED}`,
      ).get() as { n: number; bytes: number };
      rows += counted.n;
      bytes += counted.bytes;
    }
  }
  return { files, rows, bytes };
}

function* databasesBelow(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* databasesBelow(`${folder}/${name}`);
    else if (name === "state.vscdb") yield `${folder}/${name}`;
  }
}

/** So many megabytes, half of them in rows that are never read. */
function* largeRows(megabytes: number): Generator<PlainRow> {
  const text = JSON.stringify({ text: "x".repeat(10_000) });
  for (let i = 0; i < megabytes; i++) {
    yield [`composerData:c${i}`, "{}"];
    for (let n = 0; n < 50; n++) yield [`bubbleId:c${i}:${n}`, text];
    for (let n = 0; n < 50; n++) yield [`agentKv:blob:${i}-${n}`, text];
  }
}
