/** Tests of `cli/ask_writer.ts`: who is asked, and what is said when nobody answers. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { askWriter } from "../../cli/ask_writer.ts";
import { NotFoundError } from "../../cli/exit.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { takeWriterLock } from "../../core/writer_lock.ts";
import { type Machine, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { breakOffRebuild } from "./break_off_rebuild.ts";
import { bury } from "./bury.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

const PID = 4242;
const TOLD = "could not: Cannot x: y";

function ask(
  machine: Machine,
  choice: { ids: number[] } | { all: true } = { ids: [1] },
  io = recordedIo(machine, []),
) {
  const workspace = openWorkspace(io, { color: true, sync: true });
  return askWriter(workspace, "replay dead letters", "replay", choice);
}

/** Listens as a server that answers every command alike, and leaves its note. */
function serve(machine: Machine, answer: (request: Request) => Response | Promise<Response>) {
  Deno.mkdirSync(machine.home, { recursive: true });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => request.url.endsWith("/healthz") ? Response.json({ pid: PID }) : answer(request),
  );
  writeNote(machine, `http://127.0.0.1:${server.addr.port}`);
  return server;
}

function writeNote({ home }: Machine, url: string): void {
  const note = { pid: PID, url, started_at: "2026-03-01T12:00:00.000Z" };
  Deno.writeTextFileSync(`${home}/serve.json`, JSON.stringify(note));
}

Deno.test("askWriter() does it here and to the end, when nobody else writes", async () => {
  using machine = tempMachine();
  bury(machine);

  deepEqual(await ask(machine, { all: true }), { stored: 1, came_back: [2], not_kept: [3] });

  using lock = takeWriterLock(`${machine.home}/telemetry.lock`);
  equal(lock !== undefined, true);
});

Deno.test("askWriter() asks the running server, with the header of our own", async () => {
  using machine = tempMachine();
  let asked: unknown;
  await using _server = serve(machine, async (request) => {
    const { method, url, headers } = request;
    asked = [
      method,
      new URL(url).pathname,
      headers.get("blueplane-client"),
      await request.json(),
    ];
    return Response.json({ stored: 1, came_back: [], not_kept: [] });
  });

  const answer = await ask(machine);

  deepEqual(asked, ["POST", "/api/v1/dlq/replay", "cli", { ids: [1] }]);
  deepEqual(answer, { stored: 1, came_back: [], not_kept: [] });
});

Deno.test("askWriter() says what it waits for, when the server is rebuilding", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  breakOffRebuild(machine);
  const io = recordedIo(machine, []);
  await using _server = serve(machine, async () => {
    await until("it is told", () => io.stderr.text !== "");
    return Response.json({ stored: 1, came_back: [], not_kept: [] });
  });

  await ask(machine, { ids: [1] }, io);

  equal(
    io.stderr.text,
    `note: the server (pid ${PID}) is rebuilding; this waits until that is done\n`,
  );
});

Deno.test("askWriter() throws a NotFoundError, when the server knows no such letter", async () => {
  using machine = tempMachine();
  const detail = "Cannot find the dead letter: there is none with id 1";
  await using _server = serve(machine, () => Response.json({ detail }, { status: 404 }));

  await rejects(() => ask(machine), (error) => {
    equal(error instanceof NotFoundError && error.message, detail);
    return true;
  });
});

for (
  const [what, answer, message] of [
    ["fails", () => Response.json({}, { status: 500 }), "could not: it does not say why"],
    ["says why", () => Response.json({ detail: "Cannot x: y" }, { status: 500 }), TOLD],
    ["answers with no JSON", () => new Response("<html>"), "gave no answer"],
  ] as const
) {
  Deno.test(`askWriter() says so, when the server ${what}`, async () => {
    using machine = tempMachine();
    await using _server = serve(machine, answer);

    await rejects(() => ask(machine), {
      message: `Cannot replay dead letters: the server (pid ${PID}) ${message}`,
    });
  });
}

Deno.test("askWriter() says to stop the server, when that has no page", async () => {
  using machine = tempMachine();
  bury(machine);
  using _lock = takeWriterLock(`${machine.home}/telemetry.lock`)!;
  writeNote(machine, "");

  await rejects(() => ask(machine), {
    message: `Cannot replay dead letters: the server (pid ${PID}) has no page to ask; ` +
      "stop it first",
  });
});
