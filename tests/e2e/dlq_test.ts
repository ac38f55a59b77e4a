/** Tests of dead letters from the queue to their end, without a server and beside one. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { encodeEvent } from "../../core/event.ts";
import { makePrompt } from "../helpers/events.ts";
import {
  type Machine,
  runBinary,
  startBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { queueEntries } from "./queue_entries.ts";

const SECRET = "a secret of some words";
const BODIES = [
  encodeEvent(makePrompt({ id: "good-1" })),
  encodeEvent(makePrompt({ id: "poison", platform: "emacs" })),
  encodeEvent(makePrompt({ id: "good-2" })),
  encodeEvent(makePrompt({ id: "bad" })).replace('"words":3', `"words":"${SECRET}"`),
  encodeEvent(makePrompt({ id: "good-3" })),
];

async function json(machine: Machine, ...args: string[]) {
  const { code, stdout, stderr } = await runBinary(machine, [...args, "--json"]);
  ok(stdout.startsWith("{"), stderr);
  return { code, ...JSON.parse(stdout) };
}

async function letters(machine: Machine): Promise<unknown[]> {
  const { letters } = await json(machine, "dlq", "list");
  return letters.map(({ id, attempts, replayable }: Record<string, unknown>) => [
    id,
    attempts,
    replayable,
  ]).sort();
}

async function prompts(machine: Machine): Promise<number> {
  return (await json(machine, "metrics", "-p", "all", "--no-sync")).totals.user_prompts;
}

/** Does what an update does that brings the platform. */
function mendLetter(home: string): void {
  const db = new DatabaseSync(`${home}/telemetry.db`, { timeout: 5000 });
  db.exec("update dead_letters set body = replace(body, 'emacs', 'claude_code')");
  db.close();
}

/** Goes through all that can be done with the two letters that the queue gave. */
async function replayAndDrop(machine: Machine): Promise<void> {
  deepEqual(await letters(machine), [[1, 3, true], [2, 3, false]]);
  const table = await runBinary(machine, ["dlq", "list"]);
  match(table.stdout, /its platform is not registered/);
  const shown = await json(machine, "dlq", "show", "1");
  deepEqual([shown.event.event_id, shown.event.platform], ["poison", "emacs"]);

  const replayed = await json(machine, "dlq", "replay", "--all");
  deepEqual([replayed.code, replayed.stored], [1, 0]);
  deepEqual([replayed.came_back, replayed.not_kept], [[1], [2]]);
  deepEqual(await letters(machine), [[1, 4, true], [2, 3, false]]);

  const unknown = await runBinary(machine, ["dlq", "drop", "1", "77"]);
  deepEqual([unknown.code, unknown.stderr], [
    3,
    "error: Cannot drop the dead letter: there is none with id 77\n",
  ]);
  equal((await json(machine, "dlq", "drop", "1")).dropped, 1);
  deepEqual(await letters(machine), [[2, 3, false]]);
  const all = await runBinary(machine, ["dlq", "drop", "--all"]);
  deepEqual([all.code, all.stdout], [0, "1 letter dropped\n"]);
  deepEqual(await letters(machine), []);
}

Deno.test("blueplane dlq shows, replays and drops what sync could not store", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runBinary(machine, ["sync"]);
  queueEntries(machine.home, BODIES);

  const { code, stderr } = await runBinary(machine, ["sync"]);

  equal(code, 0);
  match(stderr, /^warning: \d new dead letters; blueplane dlq list says why\n$/);
  equal(await prompts(machine), 1 + 3);
  await replayAndDrop(machine);
  equal(await prompts(machine), 1 + 3);
  for (const { name, isFile } of Deno.readDirSync(machine.home)) {
    if (!isFile) continue;
    const bytes = Deno.readFileSync(`${machine.home}/${name}`);
    ok(!new TextDecoder("latin1").decode(bytes).includes(SECRET), `${name} holds the secret`);
  }
});

Deno.test("blueplane dlq shows, replays and drops beside a running server", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { server, url } = await startServe(machine);
  await using _server = server;
  await until("what is there is read", async () => await prompts(machine) === 1);
  queueEntries(machine.home, BODIES);
  transcript.prompt();

  await until("all is handled", async () => (await letters(machine)).length === 2);
  equal(await prompts(machine), 2 + 3);
  await replayAndDrop(machine);
  deepEqual(await (await fetch(`${url}/api/v1/dlq`)).json(), {
    schema: "blueplane.dlq/1",
    letters: [],
    total: 0,
  });
  equal(server.stderr, "");
});

Deno.test("blueplane dlq replay stores what can be stored now, and counts it once", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runBinary(machine, ["sync"]);
  queueEntries(machine.home, BODIES.slice(1, 2));
  await runBinary(machine, ["sync"]);
  const { server } = await startServe(machine);
  await using _server = server;
  mendLetter(machine.home);

  const replayed = await json(machine, "dlq", "replay", "1");

  deepEqual([replayed.code, replayed.stored, replayed.came_back], [0, 1, []]);
  await until("it is counted", async () => await prompts(machine) === 2);
  deepEqual(await letters(machine), []);
});

Deno.test("blueplane dlq says to stop a server that has no page", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runBinary(machine, ["sync"]);
  queueEntries(machine.home, BODIES.slice(1, 2));
  await runBinary(machine, ["sync"]);
  await using server = startBinary(machine, ["serve", "--no-web"]);
  await server.until("it runs", () => existsSync(`${machine.home}/serve.json`));

  const { code, stderr } = await runBinary(machine, ["dlq", "replay", "1"]);

  deepEqual({ code, stderr }, {
    code: 1,
    stderr: `error: Cannot replay dead letters: the server (pid ${server.pid}) ` +
      "has no page to ask; stop it first\n",
  });
  deepEqual(await letters(machine), [[1, 3, true]]);
});
