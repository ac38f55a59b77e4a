/**
 * A transcript as the simulation has it: the text that its assistant means to write, and how much
 * of that is on disk. Whatever happens to the file, the text does not change.
 */

import { dirname } from "node:path";
import { Transcript } from "../helpers/transcripts.ts";

/** What one transcript, or all, must come to in the reports. */
export interface Expected {
  prompts: number;
  messages: number;
  output: number;
  tools: number;
  results: number;
}

/** One file. */
export class SimTranscript extends Transcript {
  readonly expected = { prompts: 0, messages: 0, output: 0, tools: 0, results: 0 };
  /** Ids of the tools that were asked for. */
  readonly uses: string[] = [];
  readonly #unanswered = new Set<string>();
  #text = "";
  #onDisk = 0;
  #place: string;

  constructor(claude: string, session: number, startedAt: number) {
    super(claude, { session, startedAt });
    this.#place = this.path;
  }

  /** Where the file is now. */
  get place(): string {
    return this.#place;
  }

  /** Bytes that are not on disk. */
  get missing(): number {
    return this.#text.length - this.#onDisk;
  }

  override write(text: string | Uint8Array): this {
    this.#text += text;
    return this;
  }

  /** Means to write a prompt, and what it leads to: a response, or a tool and its result. */
  turn(random: () => number): void {
    this.prompt();
    const output = Math.floor(random() * 500);
    const usesTool = random() < 0.6;
    this.response({ output, ...(usesTool ? { tool: random() < 0.5 ? "Edit" : "Bash" } : {}) });
    this.expected.prompts++;
    this.expected.messages++;
    this.expected.output += output;
    if (!usesTool) return;
    this.expected.tools++;
    const use = /.*"id":"(toolu_\w+)"/s.exec(this.#text)![1]!;
    this.uses.push(use);
    this.#unanswered.add(use);
    if (random() < 0.8) {
      this.result();
      this.answer(use);
    }
  }

  /** A tool came to its end: the transcript says so, or a hook. */
  answer(use: string): void {
    if (this.#unanswered.delete(use)) this.expected.results++;
  }

  /** Begins as a copy of another one, as a fork does; what it copies counts there. */
  copy(other: SimTranscript): void {
    this.#text = other.#text.replaceAll(other.sessionId, this.sessionId);
  }

  /** Writes the next bytes of the text. */
  append(bytes: number, now: number): void {
    const part = this.#text.slice(this.#onDisk, this.#onDisk + bytes);
    Deno.writeTextFileSync(this.#place, part, { append: true });
    this.#onDisk += part.length;
    this.#touch(now);
  }

  /** Cuts the file off; the rest comes again. */
  truncate(bytes: number, now: number): void {
    this.#onDisk = Math.min(this.#onDisk, bytes);
    Deno.truncateSync(this.#place, this.#onDisk);
    this.#touch(now);
  }

  /** Puts another file with the first bytes of the text in its place. */
  replace(bytes: number, now: number): void {
    const part = this.#text.slice(0, bytes);
    Deno.writeTextFileSync(`${this.#place}.new`, part);
    Deno.renameSync(`${this.#place}.new`, this.#place);
    this.#onDisk = part.length;
    this.#touch(now);
  }

  /** Moves the file into the folder of another project. */
  move(project: string): void {
    const folder = `${dirname(dirname(this.#place))}/${project}`;
    Deno.mkdirSync(folder, { recursive: true });
    const place = `${folder}/${this.sessionId}.jsonl`;
    Deno.renameSync(this.#place, place);
    this.#place = place;
  }

  /** The system's clock is not the simulation's. */
  #touch(now: number): void {
    Deno.utimeSync(this.#place, new Date(now), new Date(now));
  }
}
