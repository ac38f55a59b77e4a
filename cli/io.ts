/**
 * The world as a command sees it: arguments, environment, streams, signals. Tests give another.
 *
 * @module
 */

import process from "node:process";
import { fileURLToPath } from "node:url";
import { type Clock, systemClock } from "../core/clock.ts";
import { isNoRoom } from "../core/no_room.ts";
import { JobStops, type TerminalHold } from "./job_stops.ts";
import type { Right } from "./rights.ts";

/** What a command may use of the system. */
export interface Io {
  readonly args: readonly string[];
  /** The words that start this program, before any argument. */
  readonly program: readonly string[];
  readonly env: (name: string) => string | undefined;
  readonly clock: Clock;
  /** What is piped in, a piece at a time; nothing from a terminal. */
  stdin(): AsyncIterable<Uint8Array>;
  /** What is typed; undefined where stdin is no terminal. */
  typed(): AsyncIterable<Uint8Array> | undefined;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Calls back at Ctrl+C and at a request to end; dispose to stop listening. */
  onInterrupt(callback: (signal: "SIGINT" | "SIGTERM") => void): Disposable;
  /**
   * Calls back with what is typed, which is not shown, and with Ctrl+C when the terminal hangs up;
   * never where stdin is no terminal.
   */
  onKey(callback: (key: string) => void): Disposable;
  /** Calls back before the process ends by an error that nobody caught. */
  onCrash(callback: () => void): Disposable;
  /** Calls back when the terminal has another size. */
  onResize(callback: () => void): Disposable;
  /** Has the terminal left before this process stops, as at Ctrl+Z, and taken when it goes on. */
  onStop(hold: TerminalHold): Disposable;
  /** Gives rights up, for all threads and for good. */
  giveUp(rights: readonly Right[]): void;
}

/** A stream of text that may be a terminal. */
export interface TextOutput {
  readonly isTerminal: boolean;
  /** Columns of the terminal, 80 where there is none. */
  columns(): number;
  /** Rows of the terminal, 24 where there is none. */
  rows(): number;
  /** Whether whoever read has had enough, as `head` does. */
  isBroken(): boolean;
  /** @throws {Error} when results cannot be written, as the disk is full */
  write(text: string): void;
}

const COLUMNS_DEFAULT = 80;
const ROWS_DEFAULT = 24;
const PIECE_BYTES = 65_536;

/** The real world. */
export function systemIo(
  args: readonly string[],
  env: (name: string) => string | undefined,
): Io {
  const stops = new JobStops();
  return {
    args,
    program: Deno.build.standalone
      ? [Deno.execPath()]
      : [Deno.execPath(), "run", "-A", fileURLToPath(Deno.mainModule)],
    env,
    clock: systemClock,
    stdin: () => Deno.stdin.isTerminal() ? new Blob().stream() : pieces(),
    typed: () => Deno.stdin.isTerminal() ? pieces() : undefined,
    stdout: output(Deno.stdout, env, (error) => {
      throw new Error(`Cannot write the output: ${reasonOf(error)}`, { cause: error });
    }),
    // What cannot be told there can be told nowhere, and the work goes on without.
    stderr: output(Deno.stderr, env, () => {}),
    onInterrupt,
    onKey: (callback) => onKey(callback, stops),
    onCrash,
    onResize,
    onStop: (hold) => stops.add(hold),
    giveUp(rights) {
      for (const name of rights) Deno.permissions.revokeSync({ name });
    },
  };
}

/** Of stdin. A stream of the web around it takes longer to make than to read what a hook gets. */
async function* pieces(): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(PIECE_BYTES);
  for (;;) {
    const read = await Deno.stdin.read(buffer);
    if (read === null) return;
    yield buffer.slice(0, read);
  }
}

function output(
  stream: typeof Deno.stdout | typeof Deno.stderr,
  env: (name: string) => string | undefined,
  onFailure: (error: Error) => void,
): TextOutput {
  const encoder = new TextEncoder();
  let isBroken = false;
  return {
    isTerminal: stream.isTerminal(),
    columns() {
      const named = Number(env("COLUMNS"));
      if (Number.isInteger(named) && named > 0) return named;
      return sizeOf(stream)?.columns || COLUMNS_DEFAULT;
    },
    rows: () => sizeOf(stream)?.rows || ROWS_DEFAULT,
    isBroken: () => isBroken,
    write(text) {
      const bytes = encoder.encode(text);
      try {
        for (let at = 0; at < bytes.length;) at += stream.writeSync(bytes.subarray(at));
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        isBroken = error instanceof Deno.errors.BrokenPipe;
        if (!isBroken) onFailure(error);
      }
    },
  };
}

function reasonOf(error: Error): string {
  return isNoRoom(error) ? "the disk is full" : error.message;
}

/** Some terminals do not know their size, and say that it is nothing. */
function sizeOf(stream: typeof Deno.stdout | typeof Deno.stderr) {
  return stream.isTerminal() ? Deno.consoleSize() : undefined;
}

function onInterrupt(callback: (signal: "SIGINT" | "SIGTERM") => void): Disposable {
  const onInt = () => callback("SIGINT"), onTerm = () => callback("SIGTERM");
  const windows = Deno.build.os === "windows";
  Deno.addSignalListener("SIGINT", onInt);
  // Windows has no SIGTERM; closing the console is SIGBREAK there.
  Deno.addSignalListener(windows ? "SIGBREAK" : "SIGTERM", onTerm);
  // Under nohup, which takes stdout from the terminal, a hangup ends nothing.
  const isHungUp = !windows && Deno.stdout.isTerminal();
  if (isHungUp) Deno.addSignalListener("SIGHUP", onTerm);
  return {
    [Symbol.dispose]() {
      Deno.removeSignalListener("SIGINT", onInt);
      Deno.removeSignalListener(windows ? "SIGBREAK" : "SIGTERM", onTerm);
      if (isHungUp) Deno.removeSignalListener("SIGHUP", onTerm);
    },
  };
}

function onKey(callback: (key: string) => void, stops: JobStops): Disposable {
  if (!Deno.stdin.isTerminal()) return { [Symbol.dispose]() {} };
  const windows = Deno.build.os === "windows";
  // Windows has no mode that leaves Ctrl+C a signal; there it comes as a key.
  const take = () => Deno.stdin.setRaw(true, { cbreak: !windows });
  const leave = () => Deno.stdin.setRaw(false);
  take();
  const stop = stops.add({ leave, take });
  // Whoever hangs up types no more.
  const onHangup = () => callback("\x03");
  if (!windows) Deno.addSignalListener("SIGHUP", onHangup);
  const onText = (text: unknown) => {
    for (const key of String(text)) callback(key);
  };
  // A read of Deno.stdin that waits could not be ended, and would keep the process from its end.
  process.stdin.on("data", onText);
  return {
    [Symbol.dispose]() {
      if (!windows) Deno.removeSignalListener("SIGHUP", onHangup);
      process.stdin.off("data", onText).pause();
      stop[Symbol.dispose]();
      leave();
    },
  };
}

function onCrash(callback: () => void): Disposable {
  const kinds = ["error", "unhandledrejection", "unload"] as const;
  const call = () => callback();
  for (const kind of kinds) globalThis.addEventListener(kind, call);
  return {
    [Symbol.dispose]() {
      for (const kind of kinds) globalThis.removeEventListener(kind, call);
    },
  };
}

function onResize(callback: () => void): Disposable {
  if (Deno.build.os === "windows") return { [Symbol.dispose]() {} };
  Deno.addSignalListener("SIGWINCH", callback);
  return { [Symbol.dispose]: () => Deno.removeSignalListener("SIGWINCH", callback) };
}
