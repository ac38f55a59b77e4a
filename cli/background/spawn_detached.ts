/**
 * Starts a process that outlives this one and its terminal.
 *
 * @module
 */

import type { Home } from "../../core/home.ts";
import { sendSignal } from "./process_signal.ts";

/** A process that was started; disposed, it is waited for no longer, and goes on. */
export interface Detached extends Disposable {
  readonly pid: number;
  /** Resolves when it has ended, and how it did is recorded. */
  readonly ended: Promise<unknown>;
  /** Ends it, where its work is not wanted after all. */
  end(): void;
}

/**
 * A shell sees the end that the process cannot tell of itself, as by kill -9 or for want of
 * memory: it waits for it, and records that end unless it stands there.
 */
const WATCH = `umask 077
run=$1 log=$2
shift 2
"$@" > /dev/null &
pid=$!
echo "$pid"
exec > /dev/null
wait "$pid"
code=$?
if grep -q "\\"pid\\":$pid," "$run" && ! grep -q exit_code "$run"; then
  at=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)
  printf '{"ended_at":"%s","exit_code":%d}\\n' "$at" "$code" >> "$run"
  printf '%s end exit code %d\\n' "$at" "$code" >> "$log"
fi`;

/** Starts it, with the program's words first. */
export async function spawnDetached(home: Home, words: readonly string[]): Promise<Detached> {
  const isWatched = Deno.build.os !== "windows";
  const [program, ...args] = isWatched
    ? ["/bin/sh", "-c", WATCH, "blueplane", home.run, home.log, ...words]
    : words;
  const child = new Deno.Command(program!, {
    args,
    stdin: "null",
    stdout: isWatched ? "piped" : "null",
    stderr: "null",
    detached: true,
  }).spawn();
  const pid = isWatched ? Number(await new Response(child.stdout).text()) : child.pid;
  return {
    pid,
    ended: child.status,
    end: () => sendSignal(pid, "SIGTERM"),
    [Symbol.dispose]: () => child.unref(),
  };
}
