/**
 * `blueplane metrics --watch`: a live screen of the headline numbers, or a line of JSON for each
 * change.
 *
 * @module
 */

import { Bell } from "../core/bell.ts";
import { LIVE_PERIODS, type LivePeriod } from "../core/live_picture.ts";
import { namedProjects, type SessionFilter } from "../core/reports/sums.ts";
import type { Globals } from "./cli.ts";
import type { MetricsOptions } from "./commands/metrics.ts";
import { EXIT_INTERRUPTED, UsageError } from "./exit.ts";
import type { Io, TextOutput } from "./io.ts";
import { type LiveView, screenLines } from "./live_lines.ts";
import { LiveMessages } from "./live_messages.ts";
import { LiveScreen } from "./live_screen.ts";
import { openLiveSource } from "./live_source.ts";
import { paintFor } from "./table.ts";
import { untilAborted } from "./until_aborted.ts";
import { namedPlatform, openWorkspace, projectLabels } from "./workspace.ts";

/** How often the age of the numbers is drawn. */
const DRAW_EVERY_MS = 1000;
const LOOK_EVERY_SECONDS = 2;
const NOTES_MAX = 20;

/** Shows views until it is disposed. */
interface Face extends Disposable {
  show(view: LiveView): void;
}

/** Runs until it is ended: by Ctrl+C, by q, or as nobody reads any more. */
export async function runWatch(
  io: Io,
  globals: Globals,
  options: MetricsOptions,
): Promise<number> {
  let period = watchedPeriod(options);
  if (!globals.json && !io.stdout.isTerminal) {
    throw new UsageError("Cannot watch: stdout is no terminal; use --json for lines of JSON");
  }
  const platform = namedPlatform(options.platform)?.id;
  const stop = new AbortController();
  const bell = new Bell();
  using stderr = new HeldOutput(io.stderr);
  const workspace = openWorkspace({ ...io, stderr }, globals);
  const { project, session, model } = options;
  const isFiltered = [platform, project, session, model].some((name) => name !== undefined);
  const filter: SessionFilter = {
    platform,
    project: project && namedProjects(project, projectLabels(workspace)),
    session,
    model,
  };
  const everyMs = 1000 * (options.interval ?? LOOK_EVERY_SECONDS);
  // Whoever is interrupted before there is anything to see got nothing of what was asked for.
  let code = EXIT_INTERRUPTED;
  using _interrupt = io.onInterrupt(() => stop.abort());
  using _keys = globals.json ? undefined : io.onKey((key) => {
    if (key === "q") code = 0;
    if (key === "q" || key === "\x03") stop.abort();
    period = LIVE_PERIODS[Number(key) - 1] ?? period;
    bell.ring();
  });
  await using source = await openLiveSource(workspace, {
    filter: isFiltered ? filter : undefined,
    everyMs,
    onNews: () => bell.ring(),
    signal: stop.signal,
  });
  const nextView = () => untilAborted(source.view(period), stop.signal);
  // What there is to read at first shows how far it is, as everywhere.
  let view = await nextView();
  if (!view || stop.signal.aborted) return code;
  stderr.hold();
  using face: Face = globals.json ? new LiveMessages(io) : new ScreenFace(io, globals);
  using _resize = io.onResize(() => bell.ring());
  while (view && !stop.signal.aborted && !io.stdout.isBroken()) {
    face.show(view);
    await bell.wait(io.clock, Math.min(everyMs, DRAW_EVERY_MS), stop.signal);
    view = await nextView();
  }
  return 0;
}

function watchedPeriod({ period, since, until, groupBy }: MetricsOptions): LivePeriod {
  if (since !== undefined || until !== undefined || groupBy !== undefined) {
    throw new UsageError("Cannot watch: --since, --until and --group-by do not go with --watch");
  }
  const known = LIVE_PERIODS.find((name) => name === period);
  if (known) return known;
  const names = LIVE_PERIODS.join(", ");
  throw new UsageError(`Cannot watch the period: '${period}' is none of ${names}`);
}

/** Draws a screen. */
class ScreenFace implements Face {
  readonly #io: Io;
  readonly #globals: Globals;
  readonly #screen: LiveScreen;

  constructor(io: Io, globals: Globals) {
    this.#io = io;
    this.#globals = globals;
    this.#screen = new LiveScreen(io.stdout);
  }

  show(view: LiveView): void {
    const { stdout, clock } = this.#io;
    this.#screen.draw(screenLines(view, {
      columns: stdout.columns(),
      rows: stdout.rows(),
      paint: paintFor(this.#io, this.#globals),
      now: clock.now(),
    }));
  }

  [Symbol.dispose](): void {
    this.#screen[Symbol.dispose]();
  }
}

/** A stream that can be held back: what is written meanwhile comes in the end, each text once. */
class HeldOutput implements TextOutput, Disposable {
  readonly #output: TextOutput;
  #notes: Set<string> | undefined;

  constructor(output: TextOutput) {
    this.#output = output;
  }

  get isTerminal(): boolean {
    return this.#output.isTerminal && !this.#notes;
  }

  columns(): number {
    return this.#output.columns();
  }

  rows(): number {
    return this.#output.rows();
  }

  isBroken(): boolean {
    return this.#output.isBroken();
  }

  write(text: string): void {
    if (!this.#notes) this.#output.write(text);
    else if (this.#notes.size < NOTES_MAX) this.#notes.add(text);
  }

  /** Holds back from now on. */
  hold(): void {
    this.#notes = new Set();
  }

  [Symbol.dispose](): void {
    for (const text of this.#notes ?? []) this.#output.write(text);
    this.#notes = undefined;
  }
}
