/**
 * `blueplane serve`, in a terminal or, with `--log`, writing what it says to the log: what `start`
 * and the service run.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import { makeHome } from "../../core/home.ts";
import { LogFile, type LogLevel } from "../../core/log_file.ts";
import type { WriterLock } from "../../core/writer_lock.ts";
import type { Globals } from "../cli.ts";
import type { ServeOptions } from "../commands/serve.ts";
import { asExit } from "../exit.ts";
import type { Io, TextOutput } from "../io.ts";
import { VERSION } from "../version.ts";
import { findHome } from "../workspace.ts";
import { recordEnd, recordStart, takeRunLock } from "./run_record.ts";

/** Whoever asks whether one runs holds the lock for a moment. */
const LOCK_WITHIN_MS = 1000;
const LOCK_EVERY_MS = 50;

/** Runs the command until it is interrupted. */
export async function runServeLogged(
  io: Io,
  globals: Globals,
  { log, ...options }: ServeOptions & { readonly log?: true },
): Promise<number> {
  const { runServe } = await import("../commands/serve.ts");
  if (!log) return await runServe(io, globals, options);
  if (io.stdout.isTerminal && !globals.quiet) {
    io.stdout.write("It writes to the log: blueplane logs -f (Ctrl+C stops it)\n");
  }
  return await runLogged(io, globals, (logged) => runServe(logged, globals, options));
}

/**
 * Runs something with the log in the place of the terminal.
 *
 * @throws {Error} when another process does so in the same home
 */
export async function runLogged(
  io: Io,
  globals: Globals,
  run: (io: Io) => Promise<number>,
): Promise<number> {
  const home = findHome(io, globals);
  makeHome(home);
  using lock = await awaitLock(() => takeRunLock(home), io.clock);
  if (!lock) {
    throw new Error(
      "Cannot serve in the background: another server does already; blueplane stop ends it",
    );
  }
  const log = new LogFile(home.log, io.clock);
  recordStart(home, Deno.pid, io.clock.now());
  log.write("start", `blueplane ${VERSION}, pid ${Deno.pid}`);
  const onRejection = ({ reason }: PromiseRejectionEvent) => log.write("error", ownWords(reason));
  globalThis.addEventListener("unhandledrejection", onRejection);
  using _interrupt = io.onInterrupt((signal) => log.write("note", `asked to stop by ${signal}`));
  const end = (code: number) => {
    log.write("end", `exit code ${code}`);
    recordEnd(home, code, io.clock.now());
  };
  try {
    const code = await run({
      ...io,
      stdout: new LogOutput(log, "note"),
      stderr: new LogOutput(log, "warning"),
    });
    end(code);
    return code;
  } catch (error) {
    log.write("error", ownWords(error));
    end(asExit(error).code);
    throw error;
  } finally {
    globalThis.removeEventListener("unhandledrejection", onRejection);
  }
}

async function awaitLock(
  take: () => WriterLock | undefined,
  clock: Clock,
): Promise<WriterLock | undefined> {
  for (let waitedMs = 0;; waitedMs += LOCK_EVERY_MS) {
    const lock = take();
    if (lock || waitedMs >= LOCK_WITHIN_MS) return lock;
    await clock.sleep(LOCK_EVERY_MS);
  }
}

/** What the system says of an error may hold anything; its kind does not. */
function ownWords(error: unknown): string {
  const { message } = asExit(error);
  if (message.startsWith("Cannot ")) return message;
  return `Cannot go on: ${error instanceof Error ? error.name : "unknown error"}`;
}

/** A stream each line of which is one of the log. */
class LogOutput implements TextOutput {
  readonly isTerminal = false;
  readonly #log: LogFile;
  readonly #level: LogLevel;

  constructor(log: LogFile, level: LogLevel) {
    this.#log = log;
    this.#level = level;
  }

  columns(): number {
    return 80;
  }

  rows(): number {
    return 24;
  }

  isBroken(): boolean {
    return false;
  }

  write(text: string): void {
    for (const line of text.split("\n").filter((line) => line.trim() !== "")) {
      const [, level, said] = /^(note|warning|error): (.*)$/.exec(line) ?? [];
      this.#log.write((level ?? this.#level) as LogLevel, said ?? line);
    }
  }
}
