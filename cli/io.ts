/**
 * The world as a command sees it: arguments, environment, streams, signals. Tests give another.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { type Clock, systemClock } from "../core/clock.ts";

/** What a command may use of the system. */
export interface Io {
  readonly args: readonly string[];
  /** The words that start this program, before any argument. */
  readonly program: readonly string[];
  readonly env: (name: string) => string | undefined;
  readonly clock: Clock;
  /** What is piped in; nothing from a terminal. */
  stdin(): ReadableStream<Uint8Array>;
  /** What is typed; undefined where stdin is no terminal. */
  typed(): ReadableStream<Uint8Array> | undefined;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Calls back at Ctrl+C and at a request to end; dispose to stop listening. */
  onInterrupt(callback: (signal: "SIGINT" | "SIGTERM") => void): Disposable;
}

/** A stream of text that may be a terminal. */
export interface TextOutput {
  readonly isTerminal: boolean;
  /** Columns of the terminal, 80 where there is none. */
  columns(): number;
  write(text: string): void;
}

/** The real world. */
export function systemIo(
  args: readonly string[],
  env: (name: string) => string | undefined,
): Io {
  return {
    args,
    program: Deno.build.standalone
      ? [Deno.execPath()]
      : [Deno.execPath(), "run", "-A", fileURLToPath(Deno.mainModule)],
    env,
    clock: systemClock,
    stdin: () => Deno.stdin.isTerminal() ? new Blob().stream() : Deno.stdin.readable,
    typed: () => Deno.stdin.isTerminal() ? Deno.stdin.readable : undefined,
    stdout: output(Deno.stdout, env),
    stderr: output(Deno.stderr, env),
    onInterrupt,
  };
}

function output(
  stream: typeof Deno.stdout | typeof Deno.stderr,
  env: (name: string) => string | undefined,
): TextOutput {
  const encoder = new TextEncoder();
  return {
    isTerminal: stream.isTerminal(),
    columns() {
      const named = Number(env("COLUMNS"));
      if (Number.isInteger(named) && named > 0) return named;
      return stream.isTerminal() ? Deno.consoleSize().columns : 80;
    },
    write(text) {
      const bytes = encoder.encode(text);
      try {
        for (let at = 0; at < bytes.length;) at += stream.writeSync(bytes.subarray(at));
      } catch (error) {
        // Whoever read has had enough, as `head` does.
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      }
    },
  };
}

function onInterrupt(callback: (signal: "SIGINT" | "SIGTERM") => void): Disposable {
  const onInt = () => callback("SIGINT"), onTerm = () => callback("SIGTERM");
  const windows = Deno.build.os === "windows";
  Deno.addSignalListener("SIGINT", onInt);
  // Windows has no SIGTERM; closing the console is SIGBREAK there.
  Deno.addSignalListener(windows ? "SIGBREAK" : "SIGTERM", onTerm);
  return {
    [Symbol.dispose]() {
      Deno.removeSignalListener("SIGINT", onInt);
      Deno.removeSignalListener(windows ? "SIGBREAK" : "SIGTERM", onTerm);
    },
  };
}
