/**
 * `blueplane statusline`: one line for the status bar of an assistant's client, out of what that
 * gives on stdin and of what is stored. It always ends well and says nothing else: whatever it
 * prints stands on the user's screen.
 *
 * @module
 */

import type { Gate } from "../../capture/gate.ts";
import { spoolOnce } from "../../capture/spool.ts";
import { STATUS_PLATFORM as PLATFORM } from "../../capture/status_platform.ts";
import {
  type ClientStatus,
  STATUS_EVERY_MS,
  statusEvent,
  statusGauges,
  usedThousandths,
} from "../../core/client_status.ts";
import { type Database, ofOneState, openReader } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { type Home, homeAt, KEY_BYTES, makeHome, readKey } from "../../core/home.ts";
import { Privacy } from "../../core/privacy.ts";
import { readLimits } from "../../core/reports/limits_report.ts";
import {
  readKeptStatus,
  readStatusNumbers,
  type StatusNumbers,
} from "../../core/reports/status_numbers.ts";
import type { Globals } from "../cli.ts";
import { homePathOf, userHomeOf } from "../home_path.ts";
import type { Io } from "../io.ts";
import { quickGate } from "../quick_gate.ts";
import { readInput } from "../read_input.ts";
import { statusText } from "../status_text.ts";
import { type Paint, paintFor } from "../table.ts";

/** Runs the command. @returns 0 */
export async function runStatusline(
  io: Io,
  globals: Pick<Globals, "home">,
): Promise<number> {
  const now = io.clock.now();
  const input = await tried(() => readInput(io));
  const home = await tried(() => openHome(io, globals.home));
  const key = await tried(() => home && readKey(home, true));
  const status = await tried(() => input && statusOf(input, key ?? strayKey(), now));
  const db = await tried(() => home && openReader(home.database));
  try {
    const numbers = await tried(() => db && numbersOf(db, status, now));
    const gate = await tried(() => home && quickGate(io, home, userHomeOf(io) ?? ""));
    const isPaused = await tried(() => gate?.isPaused);
    const columns = io.stdout.columns();
    const view = { status, numbers, now, isPaused };
    await tried(() => io.stdout.write(`${statusText(view, columns, paintOf(io))}\n`));
    await tried(() => gate && home && key && status && keep(home, db, status, { gate, now }));
  } finally {
    db?.close();
  }
  return 0;
}

/** What comes of `use`, or nothing: a part that fails is missing, and the rest is shown. */
async function tried<T>(use: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function openHome(io: Io, named: string | undefined): Home | undefined {
  const path = homePathOf(io, named);
  if (path === undefined) return undefined;
  // The key, too, is its user's alone.
  if (Deno.build.os !== "windows") Deno.umask(0o077);
  const home = homeAt(path);
  makeHome(home);
  return home;
}

/** One for what is shown and not kept, where there is none: its hashes are nobody's. */
function strayKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

function statusOf(input: Uint8Array, key: Uint8Array, now: number): ClientStatus | undefined {
  const payload: unknown = JSON.parse(new TextDecoder().decode(input));
  return PLATFORM.status.read(payload, now, new Privacy(key));
}

function numbersOf(
  db: Database,
  status: ClientStatus | undefined,
  now: number,
): StatusNumbers {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const asked = { platform: PLATFORM.id, sessionId: status?.sessionId, midnight, now };
  return ofOneState(db, () => readStatusNumbers(db, asked));
}

/** Leaves what is new of it where hooks leave theirs, at most once a minute. */
function keep(
  home: Home,
  db: Database | undefined,
  status: ClientStatus,
  { gate, now }: { readonly gate: Gate; readonly now: number },
): void {
  if (db && isKept(db, status, now)) return;
  if (status.folder !== undefined && gate.excludes(status.folder)) return;
  // Its totals are of all that it did.
  const isTold = status.startedAt === undefined || !gate.hadPause(status.startedAt, now);
  const untold = {
    ...status,
    costUsd: undefined,
    linesAdded: undefined,
    linesRemoved: undefined,
  };
  const event = gate.admit(statusEvent(isTold ? status : untold, PLATFORM.id, now));
  if (!event) return;
  const minute = now - now % STATUS_EVERY_MS;
  // The name of a file must not be as long, or as odd, as an id may be.
  const mark = `status-${status.sessionId.replace(/[^A-Za-z0-9-]/g, "-")}`;
  if (Object.keys(event.payload).length === 0) return;
  spoolOnce(home.spool, encodeEvent(event), minute, mark);
}

function isKept(db: Database, status: ClientStatus, now: number): boolean {
  const kept = readKeptStatus(db, PLATFORM.id, status.sessionId);
  if (!kept) return false;
  const minute = (at: number) => Math.floor(at / STATUS_EVERY_MS);
  if (minute(kept.at) === minute(now)) return true;
  const isSame = Object.entries(statusGauges(status))
    .every(([name, value]) => kept.gauges[name] === Math.trunc(value));
  if (!isSame) return false;
  const limits = readLimits(db, now).filter((limit) => limit.platform === PLATFORM.id);
  return status.limits.every(({ name, used, resetsAt }) =>
    limits.some((seen) =>
      seen.name === name && usedThousandths(seen.used) === usedThousandths(used) &&
      seen.resets_at === (resetsAt ?? null)
    )
  );
}

/** The client shows colours, though it is no terminal that it gives. */
function paintOf(io: Io): Paint {
  const { stdout } = io;
  const shown = {
    isTerminal: true,
    columns: () => stdout.columns(),
    rows: () => stdout.rows(),
    isBroken: () => stdout.isBroken(),
    write: (text: string) => stdout.write(text),
  };
  return paintFor({ ...io, stdout: shown }, { color: true, sync: false });
}
