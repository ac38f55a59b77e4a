/** A command in a terminal: what it shows, and what a person types. */

import { killIfThere } from "../helpers/kill_if_there.ts";

const ROWS = 24, COLUMNS = 80;

/** Runs a shell command in a pseudo-terminal of 24 rows and 80 columns. Disposing it kills it. */
export class Terminal implements AsyncDisposable {
  /** All that was written. */
  text = "";
  readonly #process: Deno.ChildProcess;
  readonly #keys: WritableStreamDefaultWriter<Uint8Array>;
  readonly #ended: Promise<Deno.CommandStatus>;

  constructor(command: string, env: Readonly<Record<string, string>>) {
    const sized = `stty rows ${ROWS} cols ${COLUMNS}; ${command}`;
    this.#process = new Deno.Command("script", {
      args: ["--quiet", "--flush", "--return", "--command", sized, "/dev/null"],
      clearEnv: true,
      env: { PATH: Deno.env.get("PATH") ?? "", TERM: "xterm", SHELL: "/bin/sh", ...env },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#keys = this.#process.stdin.getWriter();
    this.#ended = Promise.all([this.#process.status, this.#collect()]).then(([status]) => status);
  }

  /** Types something. */
  async type(keys: string): Promise<void> {
    await this.#keys.write(new TextEncoder().encode(keys));
  }

  /** Waits for the end. @returns the exit code */
  async ended(): Promise<number> {
    return (await this.#ended).code;
  }

  /** The rows as a person sees them now. */
  screen(): string[] {
    const rows = Array.from({ length: ROWS }, () => "");
    let row = 0;
    for (const [, end, parameters, command, sign] of this.text.matchAll(SEQUENCES)) {
      if (command === "H") row = Number(parameters!.split(";")[0]) - 1;
      else if (command === "K") rows[row] = "";
      else if (command === "J") rows.fill("");
      else if (end !== undefined) row = Math.min(ROWS - 1, row + 1);
      else if (sign !== undefined) rows[row] += sign;
    }
    return rows;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    killIfThere(this.#process, "SIGTERM");
    await this.#ended;
    await this.#keys.close().catch(() => {});
  }

  async #collect(): Promise<void> {
    const stream = this.#process.stdout.pipeThrough(new TextDecoderStream());
    for await (const text of stream) this.text += text;
  }
}

// deno-lint-ignore no-control-regex -- what a terminal obeys: an end of a line, a sequence, a sign
const SEQUENCES = /(\n)|\x1b\[([?\d;]*)([A-Za-z])|([^\x00-\x1f])/gu;
