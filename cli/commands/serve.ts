/**
 * `blueplane serve`: reads, follows and shows everything, in the foreground.
 *
 * @module
 */

import { Capture } from "../../capture/capture.ts";
import { findPlatform } from "../../capture/registry.ts";
import { makeSpool } from "../../capture/spool.ts";
import { openReader } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import type { Intake } from "../../core/intake.ts";
import { takeWriterLock } from "../../core/writer_lock.ts";
import { PipelineThread } from "../../pipeline/pipeline_thread.ts";
import type { Commands, WebContext } from "../../web/web_context.ts";
import type { Globals } from "../cli.ts";
import { followVersions } from "../installed_hooks.ts";
import type { Io } from "../io.ts";
import { openInBrowser } from "../open_in_browser.ts";
import { ProgressBar } from "../progress.ts";
import { readServerNote, writeServerNote } from "../server_file.ts";
import { VERSION } from "../version.ts";
import {
  openSources,
  openWorkspace,
  ownPrices,
  projectLabels,
  type Workspace,
} from "../workspace.ts";

/** Options of the command. */
export interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly open?: true;
  readonly capture: boolean;
  readonly web: boolean;
}

const LOCK_WITHIN_MS = 3000;
const LOCK_EVERY_MS = 100;
const LABELS_EVERY_MS = 30_000;
const DRAIN_WITHIN_MS = 10_000;

/** Runs the command until it is interrupted. */
export async function runServe(io: Io, globals: Globals, options: ServeOptions): Promise<number> {
  const flags = { "web.port": options.port, "web.host": options.host };
  const workspace = openWorkspace(io, globals, flags);
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  using _lock = await takeLock(workspace);
  const listeners = new Set<() => void>();
  const trouble = new Trouble(io, stop.signal);
  await using pipeline = new PipelineThread({
    path: workspace.home.database,
    tables: workspace.tables,
    priceFile: await ownPrices(workspace),
    onFolded: () => listeners.forEach((listener) => listener()),
    onTrouble: (error) => trouble.tell(error),
  });
  // The first answer says that the database is there and of this version.
  await pipeline.accept([], []);
  using db = openReader(workspace.home.database)!;
  // It is watched from the start, so that the first hook ever is seen at once.
  makeSpool(workspace.home.spool);
  using bar = new ProgressBar(io.stderr, io.clock);
  const capture = new Capture({
    sources: openSources(workspace, pipeline, db),
    clock: io.clock,
    onProgress: (progress) => globals.quiet || bar.update(progress),
    onTrouble: (error) => trouble.tell(error),
    onRecovered: () => trouble.end(),
  });
  await using web = options.web
    ? await openWeb(workspace, {
      db,
      commands: {
        takeHook: hookTaker(workspace, pipeline),
        replay: (choice) => pipeline.command("replay", choice),
        drop: (choice) => pipeline.command("drop", choice),
      },
      coverage: () => capture.coverage(),
      onChange: (listener) => {
        listeners.add(listener);
        return { [Symbol.dispose]: () => listeners.delete(listener) };
      },
    })
    : undefined;
  using _note = writeServerNote(workspace.home, {
    pid: Deno.pid,
    url: web?.url ?? "",
    started_at: new Date(io.clock.now()).toISOString(),
  });
  if (web) io.stdout.write(`Blueplane is at ${web.url} (Ctrl+C stops it)\n`);
  if (web && options.open) openInBrowser(web.url);
  const checking = followVersions(workspace, stop.signal);
  try {
    if (options.capture) await followUntil(capture, pipeline, stop.signal);
    else await new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
  } finally {
    stop.abort();
    await checking;
  }
  await drain(pipeline, io);
  return 0;
}

/** Tells of what is tried again: reader and writer may meet the same trouble, told once. */
class Trouble {
  readonly #io: Io;
  readonly #signal: AbortSignal;
  #told = "";

  constructor(io: Io, signal: AbortSignal) {
    this.#io = io;
    this.#signal = signal;
  }

  tell(error: unknown): void {
    const text = textOf(error);
    if (this.#signal.aborted || text === this.#told) return;
    this.#told = text;
    this.#io.stderr.write(`warning: ${text}\n`);
  }

  end(): void {
    this.#told = "";
    this.#io.stderr.write("note: reading goes on\n");
  }
}

function hookTaker(workspace: Workspace, intake: Intake): Commands["takeHook"] {
  const { io } = workspace;
  return async (id, payload) => {
    const events = findPlatform(id)?.readHook(payload, io.clock.now(), workspace) ?? [];
    if (events.length > 0) await intake.accept(events.map(encodeEvent), []);
  };
}

/** Follows until stopped; a pipeline that died ends it with its error. */
async function followUntil(
  capture: Capture,
  pipeline: PipelineThread,
  signal: AbortSignal,
): Promise<void> {
  const ended = new AbortController();
  const following = capture.follow(AbortSignal.any([signal, ended.signal]));
  try {
    await Promise.race([following, pipeline.failed]);
  } finally {
    ended.abort();
    await following;
  }
}

async function takeLock({ home, io }: Workspace) {
  // A one-shot command may hold the lock for a moment.
  for (let waited = 0;; waited += LOCK_EVERY_MS) {
    const lock = takeWriterLock(home.lock);
    if (lock) return lock;
    if (waited >= LOCK_WITHIN_MS) break;
    await io.clock.sleep(LOCK_EVERY_MS);
  }
  const note = readServerNote(home);
  throw new Error(
    note
      ? `Cannot start a second server: one runs already (pid ${note.pid}) at ${note.url}`
      : "Cannot start the server: another blueplane is reading; try again when it is done",
  );
}

async function openWeb(
  workspace: Workspace,
  parts: Pick<WebContext, "db" | "commands" | "onChange"> & {
    coverage: () => { files_done: number; files_total: number };
  },
) {
  const { startWeb } = await import("../../web/web_server.ts");
  const { io, config } = workspace;
  let labels = projectLabels(workspace), labelsAt = io.clock.now();
  const context: WebContext = {
    ...parts,
    clock: io.clock,
    version: VERSION,
    pid: Deno.pid,
    labels() {
      if (io.clock.now() - labelsAt > LABELS_EVERY_MS) {
        labels = projectLabels(workspace);
        labelsAt = io.clock.now();
      }
      return labels;
    },
    platformId: (name) => findPlatform(name)?.id,
  };
  return startWeb(context, config);
}

/** Finishes what was read; what does not get done in time is done at the next start. */
async function drain(pipeline: PipelineThread, io: Io): Promise<void> {
  const late = new AbortController();
  await Promise.race([
    pipeline.drain().catch((error) => io.stderr.write(`warning: ${textOf(error)}\n`)),
    io.clock.sleep(DRAIN_WITHIN_MS, late.signal),
  ]);
  late.abort();
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
