/** Tests of crashes: whatever is killed whenever, nothing is lost and nothing counted twice. */

import { deepEqual, equal } from "node:assert/strict";
import { seededRandom } from "../helpers/events.ts";
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

async function totals(machine: Machine) {
  const { code, stdout, stderr } = await runBinary(machine, ["metrics", "-p", "all", "--json"]);
  equal(code, 0, stderr);
  const { user_prompts, assistant_messages, tool_uses, tokens } = JSON.parse(stdout).totals;
  return { user_prompts, assistant_messages, tool_uses, output: tokens.output };
}

/** Writes lines to several transcripts, sometimes only half of one, and counts them. */
class Writer {
  readonly written = { user_prompts: 0, assistant_messages: 0, tool_uses: 0, output: 0 };
  readonly #transcripts: readonly Transcript[];
  readonly #random: () => number;
  readonly #rest = new Map<Transcript, Uint8Array>();

  constructor(machine: Machine, random: () => number) {
    this.#random = random;
    this.#transcripts = [1, 2, 3].map((session) => new Transcript(machine.claude, { session }));
  }

  /** The next line, or half of it; a half is completed before anything else is written there. */
  write(): void {
    const transcript = this.#transcripts[Math.floor(this.#random() * 3)]!;
    const rest = this.#rest.get(transcript);
    if (rest) {
      this.#rest.delete(transcript);
      transcript.write(rest);
      return;
    }
    const kind = this.#random();
    if (kind < 0.4) this.#half(transcript);
    else if (kind < 0.7) {
      const output = Math.floor(this.#random() * 900);
      transcript.response({ tool: "Edit", output }).result();
      this.written.assistant_messages++;
      this.written.tool_uses++;
      this.written.output += output;
    } else {
      transcript.prompt();
      this.written.user_prompts++;
    }
  }

  /** Completes every line. */
  finish(): void {
    for (const [transcript, rest] of this.#rest) transcript.write(rest);
    this.#rest.clear();
  }

  #half(transcript: Transcript): void {
    const content = `Half a line, number ${this.written.user_prompts++}`;
    const line = transcript.line("user", { message: { role: "user", content } });
    const bytes = new TextEncoder().encode(`${line}\n`);
    const cut = 1 + Math.floor(this.#random() * (bytes.length - 2));
    transcript.write(bytes.subarray(0, cut));
    this.#rest.set(transcript, bytes.subarray(cut));
  }
}

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
    const writer = new Writer(machine, random);
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
    deepEqual(await totals(machine), writer.written);
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
    equal((await totals(machine)).user_prompts, prompts);
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
    equal((await totals(machine)).user_prompts, 1);

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
