/** Tests of crashes: whatever is killed whenever, nothing is lost and nothing counted twice. */

import { deepEqual, equal } from "node:assert/strict";
import { seededRandom } from "../helpers/events.ts";
import { countedLines, GrowingTranscripts } from "./growing_transcripts.ts";
import {
  type Machine,
  runBinary,
  startBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const isUnix = Deno.build.os !== "windows";
const ROUNDS = 8;
const LINES_A_ROUND_MAX = 400;

// Goal: kill -9 at any moment loses nothing and counts nothing twice. Method: while transcripts
// grow, the server is killed after a number of lines drawn from a seed, eight times, sometimes
// before it listens; then one sync, and the totals must be those of the lines written.
Deno.test({
  name:
    "blueplane serve loses nothing and counts nothing twice, when it is killed again and again",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    using machine = tempMachine();
    const random = seededRandom(20260301);
    const writer = new GrowingTranscripts(machine.claude, random);
    for (let round = 0; round < ROUNDS; round++) {
      await using server = startBinary(machine, ["serve", "--port", "0"]);
      const early = random() < 0.25;
      if (!early) await server.until("it listens", () => server.stdout !== "");
      const lines = Math.floor(random() * LINES_A_ROUND_MAX);
      for (let i = 0; i < lines; i++) {
        writer.write();
        // Lets the clock go on and the server work.
        if (i % 4 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
      const { signal } = await server.stop("SIGKILL");
      equal(signal, "SIGKILL", server.stderr);
      equal(server.stderr, "");
    }
    writer.finish();

    const { code, stderr } = await runBinary(machine, ["sync"]);

    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    deepEqual(await countedLines(machine), writer.written);
    equal((await runBinary(machine, ["status"])).code, 3);
  },
});

Deno.test({
  name: "blueplane sync reads the rest of large files, when the one before was killed in them",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    using machine = tempMachine();
    const text = "word ".repeat(500);
    let prompts = 0;
    for (let session = 1; session <= 4; session++) {
      const transcript = new Transcript(machine.claude, { session });
      const lines = Array.from({ length: 3000 }, () => {
        const content = `${prompts++} ${text}`;
        return transcript.line("user", { message: { role: "user", content } });
      });
      transcript.write(`${lines.join("\n")}\n`);
    }
    for (let round = 1; round <= 3; round++) {
      await using sync = startBinary(machine, ["sync"]);
      await sync.until("it has stored some", () => walSize(machine) > round * 150_000);
      await sync.stop("SIGKILL");
    }

    equal((await runBinary(machine, ["sync"])).code, 0);
    equal((await countedLines(machine)).user_prompts, prompts);
  },
});

Deno.test({
  name: "blueplane serve goes on after a kill, and its old serve.json misleads nobody",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt();
    const killed = (await startServe(machine)).server;
    await killed.stop("SIGKILL");
    equal((await runBinary(machine, ["status"])).code, 3);
    equal((await countedLines(machine)).user_prompts, 1);

    const { server, url } = await startServe(machine);
    await using _server = server;
    transcript.prompt();
    await until("the new line is read", async () => {
      const response = await fetch(`${url}/api/v1/metrics?period=all`);
      return (await response.json()).totals.user_prompts === 2;
    });
    equal(server.stderr, "");
  },
});

function walSize(machine: Machine): number {
  try {
    return Deno.statSync(`${machine.home}/telemetry.db-wal`).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
