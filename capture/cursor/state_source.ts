/**
 * Cursor's databases as one source: finds them, sees what was written since, and reads that.
 *
 * @module
 */

import { dirname } from "node:path";
import type { Checkpoint, Positions } from "../../core/checkpoints.ts";
import { encodeEvent } from "../../core/event.ts";
import { literal, type SafeText } from "../../core/privacy.ts";
import { DriftCounts } from "../drift_counts.ts";
import { Outbox } from "../outbox.ts";
import type {
  CaptureContext,
  Pending,
  ReadTotals,
  Source,
  SourceInspection,
} from "../platform.ts";
import { Projects } from "../project.ts";
import { inspectFiles } from "../source_inspection.ts";
import { isHidden, readStamp, stampText, type StateStamp } from "./state_stamp.ts";
import { type CursorDatabase, listDatabases } from "./locate.ts";
import { removeLeftCopies } from "./private_copy.ts";
import { encodeState, readSavedState, type SavedState } from "./saved_state.ts";
import { StateError, stateError, type StateProblem } from "./state_problem.ts";
import type { StatePage } from "./state_reader.ts";
import type { ProjectRow } from "./state_rows.ts";
import { readWorkspace, workspaceFolders } from "./workspace_json.ts";

/** What does not go by itself: it is tried again when the file has changed. */
const HOPELESS: ReadonlySet<StateProblem> = new Set(["damaged", "unfinished", "no_room"]);

interface FileState {
  readonly database: CursorDatabase;
  readonly id: string;
  /** The position that is durable. */
  accepted: Checkpoint | undefined;
  /** The position that was read, maybe still on its way, and what its state says. */
  checkpoint: Checkpoint | undefined;
  saved: SavedState;
  bytes: number;
  /** When it was read last, in polls since 1970. */
  polledAt?: number;
  /** What was told of it, and the stamp with which that cannot change. */
  problem?: string | undefined;
  hopeless?: string | undefined;
}

/** What is known of a reading while it lasts. */
interface Reading {
  readonly stamp: StateStamp;
  readonly drift: DriftCounts;
  readonly before: Checkpoint | undefined;
  rows: number;
}

/** Reads databases; see {@linkcode Source}. */
export class StateSource implements Source {
  readonly platform: SafeText;
  /** None is watched: a running Cursor writes all the time, and is looked at by polls alone. */
  readonly roots: readonly string[] = [];
  readonly #loadProject: () => Promise<ProjectRow>;
  readonly #context: CaptureContext;
  readonly #projects: Projects;
  readonly #files = new Map<string, FileState>();
  readonly #outbox: Outbox;
  #checkpoints: Positions;
  #isTidy = false;

  /** @param loadProject loads what makes events of a row */
  constructor(
    platform: SafeText,
    loadProject: () => Promise<ProjectRow>,
    context: CaptureContext,
  ) {
    this.platform = platform;
    this.#loadProject = loadProject;
    this.#context = context;
    this.#projects = new Projects(context.privacy, context.environment.home);
    this.#checkpoints = context.checkpoints;
    this.#outbox = new Outbox(context.intake);
  }

  scan(): readonly Pending[] {
    const databases = listDatabases(this.#context.environment);
    const there = new Set(databases.map(({ path }) => path));
    for (const path of this.#files.keys()) if (!there.has(path)) this.#files.delete(path);
    return databases.flatMap((database) => this.#look(database) ?? []);
  }

  /** A file that changed a moment ago is not read before the next poll. */
  check(): readonly Pending[] {
    return [];
  }

  coverage(): { filesDone: number; filesTotal: number } {
    const done = this.#files.values().filter(({ accepted, bytes }) =>
      accepted !== undefined && accepted.position >= bytes
    );
    return { filesDone: [...done].length, filesTotal: this.#files.size };
  }

  unread(): number {
    return this.#files.values().filter(({ accepted }) => !accepted).toArray().length;
  }

  async read(
    path: string,
    totals: ReadTotals,
    signal: AbortSignal,
    onBytes: (bytes: number) => void = () => {},
  ): Promise<void> {
    const file = this.#files.get(path);
    if (!file) return;
    const stamp = readStamp(path);
    try {
      if (!stamp) throw stateError(isHidden(path) ? "denied" : "gone");
      const isDone = await this.#readFile(file, stamp, totals, { signal, onBytes });
      if (isDone) totals.files++;
      file.problem = undefined;
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      const isHopeless = HOPELESS.has(error.problem);
      file.hopeless = stamp && isHopeless ? stampText(stamp) : undefined;
      if (error.message !== file.problem) this.#context.onProblem(error.message, path);
      file.problem = error.message;
    }
    if (!signal.aborted) file.polledAt = this.#poll();
  }

  async flush(): Promise<void> {
    await this.#outbox.flush();
    // Whoever flushes is the one that may read here: no copy is anybody else's.
    this.#isTidy ||= removeLeftCopies(this.#context.temporary);
  }

  async rewind(checkpoints: Positions): Promise<void> {
    await this.#outbox.clear();
    this.#checkpoints = checkpoints;
    this.#files.clear();
  }

  inspect(): SourceInspection {
    const paths = listDatabases(this.#context.environment).map(({ path }) => path);
    const { denied = [], open = [] } = Object.groupBy(
      paths,
      (path) => isHidden(path) ? "denied" : "open",
    );
    return inspectFiles({
      paths: open,
      denied: [...new Set(denied.map(dirname))],
      idOf: (path) => this.#sourceId(path),
      checkpoints: this.#checkpoints,
    });
  }

  /** @returns whether it was read to its end */
  async #readFile(
    file: FileState,
    stamp: StateStamp,
    totals: ReadTotals,
    how: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
  ): Promise<boolean> {
    const { temporary, privacy, gate } = this.#context;
    const hides = (folder: string) => gate.excludes(folder);
    const { path, kind, workspaceFolder } = file.database;
    const drift = new DriftCounts(file.checkpoint?.drift);
    const reading: Reading = { stamp, drift, before: file.checkpoint, rows: 0 };
    // Who finds nothing new does not wait for what reads it.
    const [{ openState }, { readChanges }, project] = await Promise.all([
      import("./open_state.ts"),
      import("./state_reader.ts"),
      this.#loadProject(),
    ]);
    using opened = await openState(path, { temporary });
    const workspace = workspaceFolder === undefined
      ? undefined
      : readWorkspace(workspaceFolder, this.#projects);
    const isOut =
      workspaceFolder !== undefined && workspaceFolders(workspaceFolder).some(hides) ||
      // What is tracked of code says of no folder.
      kind === "tracking" && gate.isSelective;
    const options = { kind, project, privacy, workspace, hides };
    let { marks } = file.saved;
    for (const page of readChanges(opened.db, marks, options)) {
      if (how.signal.aborted || !opened.isSound()) return false;
      marks = page.marks;
      const events = isOut ? [] : gate.admitAll(page.events);
      await this.#handPage(file, reading, { ...page, events }, totals);
      await breathe(() => how.onBytes(Math.floor(page.progress * stamp.bytes)));
    }
    const state = { stamp: stampText(stamp), marks };
    await this.#hand(file, [], this.#checkpoint(file, reading, state, 1), state);
    return true;
  }

  async #handPage(
    file: FileState,
    reading: Reading,
    page: StatePage,
    totals: ReadTotals,
  ): Promise<void> {
    if (page.tooLong > 0) reading.drift.add(literal("row"), literal("too_long"), page.tooLong);
    reading.rows += page.rows;
    totals.bytes += page.bytes;
    totals.events += page.events.length;
    // Only whoever reads on to the end may say what the file was like.
    const state = { marks: page.marks };
    const checkpoint = this.#checkpoint(file, reading, state, page.progress);
    await this.#hand(file, page.events.map(encodeEvent), checkpoint, state);
  }

  async #hand(
    file: FileState,
    events: readonly string[],
    checkpoint: Checkpoint,
    state: SavedState,
  ): Promise<void> {
    file.checkpoint = checkpoint;
    file.saved = state;
    await this.#outbox.add(events, checkpoint, {
      onAccepted: (accepted) => file.accepted = accepted,
      onRefused: () => {
        file.checkpoint = file.accepted;
        file.saved = readSavedState(file.accepted);
        file.polledAt = undefined;
      },
    });
  }

  #checkpoint(
    { id }: FileState,
    { stamp, drift, before, rows }: Reading,
    state: SavedState,
    progress: number,
  ): Checkpoint {
    const size = stamp.bytes + stamp.logBytes;
    return {
      id,
      platform: this.platform,
      sessionId: null,
      fileId: stamp.fileId,
      head: "",
      position: state.stamp === undefined ? Math.floor(progress * Math.max(0, size - 1)) : size,
      size,
      modifiedAt: Math.max(stamp.modifiedAt, stamp.logModifiedAt),
      lines: (before?.lines ?? 0) + rows,
      linesMalformed: before?.linesMalformed ?? 0,
      linesUnknown: 0,
      state: encodeState(state),
      drift: String(drift),
    };
  }

  #look(database: CursorDatabase): Pending | undefined {
    const { path } = database;
    const stamp = readStamp(path);
    if (!stamp && !isHidden(path)) {
      this.#files.delete(path);
      return undefined;
    }
    const file = this.#files.get(path) ?? this.#meet(database);
    if (!stamp) {
      const isTold = file.polledAt === this.#poll();
      return isTold ? undefined : { path, bytes: 0, modifiedAt: this.#context.clock.now() };
    }
    const text = stampText(stamp);
    file.bytes = stamp.bytes + stamp.logBytes;
    if (file.saved.stamp === text || file.hopeless === text) return undefined;
    if (file.polledAt === this.#poll()) return undefined;
    const known = file.saved.stamp === undefined ? 0 : file.checkpoint?.size ?? 0;
    const bytes = known === 0 ? file.bytes : stamp.logBytes + Math.abs(file.bytes - known);
    const modifiedAt = Math.max(stamp.modifiedAt, stamp.logModifiedAt);
    return { path, bytes: Math.min(bytes, file.bytes), modifiedAt };
  }

  #meet(database: CursorDatabase): FileState {
    const id = this.#sourceId(database.path);
    const known = this.#checkpoints.get(id);
    const saved = readSavedState(known);
    const file = { database, id, accepted: known, checkpoint: known, saved, bytes: 0 };
    this.#files.set(database.path, file);
    return file;
  }

  #sourceId(path: string): string {
    const cut = path.lastIndexOf("/");
    const { privacy } = this.#context;
    return `${privacy.hash(path.slice(0, cut))}:${privacy.id(path.slice(cut + 1))}`;
  }

  /** Whatever asks for it, a file is read once in each of these. */
  #poll(): number {
    return Math.floor(this.#context.clock.now() / this.#context.pollEveryMs);
  }
}

/** Lets others run between two pages: a signal, a page of the dashboard, whoever draws. */
async function breathe(tell: () => void): Promise<void> {
  tell();
  await new Promise((resolve) => setImmediate(resolve));
}
