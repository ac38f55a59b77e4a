/**
 * `blueplane metrics --watch`: a live screen of the headline numbers, or a line of JSON for each
 * change.
 *
 * @module
 */

import { Bell } from "../core/bell.ts";
import { PLATFORMS } from "../capture/registry.ts";
import type { LivePeriod } from "../core/live_picture.ts";
import { namedProjects } from "../core/reports/project_names.ts";
import type { SessionFilter } from "../core/reports/sums.ts";
import { barSigns, chartLook } from "./charts/chart_look.ts";
import type { Globals } from "./cli.ts";
import type { MetricsOptions } from "./commands/metrics.ts";
import { EXIT_INTERRUPTED, UsageError } from "./exit.ts";
import { noteFilters } from "./filter_notes.ts";
import { HeldOutput } from "./held_output.ts";
import type { Io } from "./io.ts";
import { obeysSequences } from "./terminal_kind.ts";
import { afterKey, LIVE_GROUPINGS, type LiveChoice } from "./live_choice.ts";
import { type LiveView, screenLines } from "./live_lines.ts";
import { LiveLabels } from "./live_labels.ts";
import { LiveMessages } from "./live_messages.ts";
import { LiveScreen } from "./live_screen.ts";
import { openLiveSource } from "./live_source.ts";
import { namesOfTools } from "./tool_names.ts";
import { untilAborted } from "./until_aborted.ts";
import {
  namedPlatform,
  openHomeReader,
  openWorkspace,
  projectLabels,
  type Workspace,
} from "./workspace.ts";

/** How often the age of the numbers is drawn. */
const DRAW_EVERY_MS = 1000;
const LOOK_EVERY_SECONDS = 2;
const NOTES_MAX = 20;

/** Shows views until it is disposed. */
interface Face extends Disposable {
  show(view: LiveView, choice: LiveChoice): void;
}

/** Runs until it is ended: by Ctrl+C, by q, or as nobody reads any more. */
export async function runWatch(
  io: Io,
  globals: Globals,
  options: MetricsOptions,
): Promise<number> {
  let choice = firstChoice(options);
  if (!globals.json && !obeysSequences(io, io.stdout)) {
    const what = io.stdout.isTerminal ? "this terminal is a dumb one" : "stdout is no terminal";
    throw new UsageError(`Cannot watch: ${what}; use --json for lines of JSON`);
  }
  const platform = namedPlatform(options.platform)?.id;
  const stop = new AbortController();
  const bell = new Bell();
  using stderr = new HeldNotes(io.stderr);
  const workspace = openWorkspace({ ...io, stderr }, globals);
  const { project, session, model } = options;
  const isFiltered = [platform, project, session, model].some((name) => name !== undefined);
  const filter: SessionFilter = {
    platform,
    project: project && namedProjects(project, projectLabels(workspace)),
    session,
    model,
  };
  noteOddFilters(workspace, options, filter);
  const everyMs = 1000 * (options.interval ?? LOOK_EVERY_SECONDS);
  // Whoever is interrupted before there is anything to see got nothing of what was asked for.
  let code = EXIT_INTERRUPTED;
  using _interrupt = io.onInterrupt(() => stop.abort());
  // Whoever has named one wants no other.
  const platforms = platform === undefined ? PLATFORMS.map(({ id }) => id) : [];
  using _keys = globals.json ? undefined : io.onKey((key) => {
    if (key === "q") code = 0;
    if (key === "q" || key === "\x03") stop.abort();
    choice = afterKey(choice, key, platforms);
    bell.ring();
  });
  await using source = await openLiveSource(workspace, {
    filter: isFiltered ? filter : undefined,
    everyMs,
    onNews: () => bell.ring(),
    signal: stop.signal,
  });
  const nextView = () => untilAborted(source.view(choice), stop.signal);
  // What there is to read at first shows how far it is, as everywhere.
  let view = await nextView(), seen = choice;
  if (!view || stop.signal.aborted) return code;
  stderr.hold();
  using face: Face = globals.json ? new LiveMessages(io) : new ScreenFace(workspace);
  using _resize = io.onResize(() => bell.ring());
  using _stop = io.onStop({ leave() {}, take: () => bell.ring() });
  while (view && !stop.signal.aborted && !io.stdout.isBroken()) {
    face.show(view, choice);
    await bell.wait(io.clock, Math.min(everyMs, DRAW_EVERY_MS), stop.signal);
    // A pause stops what comes by itself; what is chosen is shown.
    if (choice.isPaused && isSameQuery(choice, seen)) continue;
    seen = choice;
    view = await nextView();
  }
  return 0;
}

function noteOddFilters(workspace: Workspace, options: MetricsOptions, filter: SessionFilter) {
  const { io, globals } = workspace;
  if (options.project === undefined && options.model === undefined) return;
  using db = openHomeReader(workspace);
  const labels = () => projectLabels(workspace);
  if (db) noteFilters(io, globals, { db, options, filter, labels });
}

function isSameQuery(one: LiveChoice, other: LiveChoice): boolean {
  return one.period === other.period && one.platform === other.platform;
}

function firstChoice({ period, since, until, groupBy }: MetricsOptions): LiveChoice {
  if (since !== undefined || until !== undefined || groupBy !== undefined) {
    throw new UsageError("Cannot watch: --since, --until and --group-by do not go with --watch");
  }
  return {
    // The command line takes no other.
    period: period as LivePeriod,
    grouping: LIVE_GROUPINGS[0],
    platform: undefined,
    isPaused: false,
    isHelp: false,
  };
}

/** Draws a screen, and gives the terminal back whatever happens. */
class ScreenFace implements Face {
  readonly #workspace: Workspace;
  readonly #screen: LiveScreen;
  readonly #labels: LiveLabels;
  readonly #held = new DisposableStack();

  constructor(workspace: Workspace) {
    const { io } = workspace;
    this.#workspace = workspace;
    this.#labels = new LiveLabels(
      (hashes) => new Map([...projectLabels(workspace), ...namesOfTools(workspace, hashes)]),
      io.clock,
    );
    this.#screen = this.#held.use(new LiveScreen(io.stdout));
    this.#held.use(io.onCrash(() => this.#screen[Symbol.dispose]()));
    this.#held.use(io.onStop(this.#screen));
  }

  show(view: LiveView, choice: LiveChoice): void {
    const { io, globals } = this.#workspace;
    const { stdout, clock } = io;
    const { paint, signs } = chartLook(io, globals);
    const size = { columns: stdout.columns(), rows: stdout.rows() };
    const lines = screenLines(view, {
      ...size,
      paint,
      bars: barSigns(signs),
      now: clock.now(),
      labels: this.#labels.read(view),
      choice,
    });
    this.#screen.draw(lines, size);
  }

  [Symbol.dispose](): void {
    this.#held.dispose();
  }
}

/** What is told beside a screen: all of it in the end, each text once, and to no terminal. */
class HeldNotes extends HeldOutput {
  readonly #told = new Set<string>();

  override get isTerminal(): boolean {
    return super.isTerminal && !this.isHeld;
  }

  override write(text: string): void {
    if (this.isHeld) {
      if (this.#told.has(text) || this.#told.size >= NOTES_MAX) return;
      this.#told.add(text);
    }
    super.write(text);
  }
}
