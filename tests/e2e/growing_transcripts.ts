/** Transcripts that grow while a test runs, and what must be counted of them. */

import { equal } from "node:assert/strict";
import { type Machine, runBinary } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

/** What the binary counts now, under the names of {@linkcode GrowingTranscripts.written}. */
export async function countedLines(machine: Machine) {
  const { code, stdout, stderr } = await runBinary(machine, ["metrics", "-p", "all", "--json"]);
  equal(code, 0, stderr);
  const { user_prompts, assistant_messages, tool_uses, tokens } = JSON.parse(stdout).totals;
  return { user_prompts, assistant_messages, tool_uses, output: tokens.output };
}

/** Writes lines to several transcripts, sometimes only half of one, and counts them. */
export class GrowingTranscripts {
  readonly written = { user_prompts: 0, assistant_messages: 0, tool_uses: 0, output: 0 };
  readonly #transcripts: readonly Transcript[];
  readonly #random: () => number;
  readonly #rest = new Map<Transcript, Uint8Array>();

  /** @param first the number of the first of its three sessions */
  constructor(claude: string, random: () => number, first = 1) {
    this.#random = random;
    this.#transcripts = [0, 1, 2].map((n) => new Transcript(claude, { session: first + n }));
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
    const content = `Half a line of ${transcript.path}, number ${this.written.user_prompts++}`;
    const line = transcript.line("user", { message: { role: "user", content } });
    const bytes = new TextEncoder().encode(`${line}\n`);
    const cut = 1 + Math.floor(this.#random() * (bytes.length - 2));
    transcript.write(bytes.subarray(0, cut));
    this.#rest.set(transcript, bytes.subarray(cut));
  }
}
