/**
 * A platform's JSONL files as one source: finds them, knows how far each was read, and reads on.
 *
 * @module
 */

import type { Checkpoint, Positions } from "../core/checkpoints.ts";
import { encodeEvent, type TelemetryEvent } from "../core/event.ts";
import { findCheckpoint, forgottenId } from "../core/forgotten_id.ts";
import { isDenied } from "../core/if_there.ts";
import { literal, type SafeText } from "../core/privacy.ts";
import { DriftCounts } from "./drift_counts.ts";
import type { Gate } from "./gate.ts";
import { type LinesChunk, readJsonLines } from "./json_lines.ts";
import { Outbox } from "./outbox.ts";
import type {
  CaptureContext,
  Pending,
  ReadTotals,
  Source,
  SourceInspection,
} from "./platform.ts";
import { inspectFiles } from "./source_inspection.ts";

/** Turns the lines of one file into events, in their order. */
export interface LineParser {
  /** The session that the file belongs to; null until a line told. */
  readonly sessionId: SafeText | null;
  /** What the parser of the next lines must know: JSON of safe words. */
  readonly state: string;
  /** Whether all of the file is of folders that are left out: then nothing says what it is. */
  readonly isHidden?: boolean;
  /** The events of a line; undefined for a line of a kind that is not known. */
  parse(object: Record<string, unknown>): readonly TelemetryEvent[] | undefined;
  /** What can only be told behind the last line of a read. */
  end(): readonly TelemetryEvent[];
}

/** How a platform's files are found and read. */
export interface JsonlFormat {
  readonly platform: SafeText;
  /** The folders that exist now. */
  roots(): readonly string[];
  /** Every file there is now, and every folder that may not be read. */
  list(): { readonly files: Iterable<string>; readonly denied: readonly string[] };
  /** Whether a path may be one of them. */
  accepts(path: string): boolean;
  /** Loads what parses: who finds nothing new does not wait for its code. */
  loadParser(): Promise<MakeParser>;
}

/** Parses the lines of a file behind its checkpoint; what it does not know goes to `drift`. */
export type MakeParser = (
  path: string,
  before: Checkpoint | undefined,
  modifiedAt: number,
  drift: DriftCounts,
) => LineParser;

interface FileState {
  /** The position that is durable. */
  accepted: Checkpoint | undefined;
  /** The position that was read, maybe still on its way. */
  checkpoint: Checkpoint | undefined;
  readonly id: string;
  size: number;
  /** The number of the last look at all files that came upon it. */
  scan: number;
  /** It stands for all that is in a folder that may not be read. */
  readonly isFolder?: boolean;
  /** What was told of the file, while it lasts. */
  problem?: string;
}

interface Read extends
  Pick<
    Checkpoint,
    "position" | "size" | "modifiedAt" | "lines" | "linesMalformed" | "linesUnknown"
  > {
  readonly stat: Deno.FileInfo;
  readonly parser: LineParser;
  readonly drift: DriftCounts;
}

/** Who may stop a read, and who is told of it. */
interface ReadHow {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

const HEAD_BYTES = 1024;

/** Reads JSONL files; see {@linkcode Source}. */
export class JsonlSource implements Source {
  readonly #format: JsonlFormat;
  readonly #context: CaptureContext;
  readonly #files = new Map<string, FileState>();
  /** Files that did not change since an earlier run. */
  readonly #unchanged = new Set<string>();
  #scans = 0;
  readonly #folders = new Map<string, string>();
  readonly #outbox: Outbox;
  #checkpoints: Positions;

  constructor(format: JsonlFormat, context: CaptureContext) {
    this.#format = format;
    this.#context = context;
    this.#checkpoints = context.checkpoints;
    this.#outbox = new Outbox(context.intake);
  }

  get platform(): SafeText {
    return this.#format.platform;
  }

  get roots(): readonly string[] {
    return this.#format.roots();
  }

  scan(): readonly Pending[] {
    const pending: Pending[] = [];
    this.#scans++;
    this.#unchanged.clear();
    const { files, denied } = this.#format.list();
    const closed = new Set(denied);
    for (const path of files) {
      const found = this.#look(path, closed);
      if (found) pending.push(found);
    }
    for (const folder of closed) pending.push(this.#lookInto(folder));
    // What is not listed any more is gone.
    for (const [path, { scan }] of this.#files) if (scan < this.#scans) this.#files.delete(path);
    return pending;
  }

  check(paths: readonly string[]): readonly Pending[] {
    return paths.filter((path) => this.#format.accepts(path))
      .flatMap((path) => this.#look(path) ?? []);
  }

  coverage(): { filesDone: number; filesTotal: number } {
    let filesDone = this.#unchanged.size;
    for (const { accepted, size } of this.#files.values()) {
      if (accepted && accepted.size >= size) filesDone++;
    }
    return { filesDone, filesTotal: this.#unchanged.size + this.#files.size };
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
    try {
      // It may be listed and nothing in it looked at: only a look at all files finds out more.
      if (file.isFolder) throw new Deno.errors.PermissionDenied();
      await this.#readFile(path, file, totals, { signal, onBytes });
    } catch (error) {
      if (!isFileError(error)) throw error;
      const what = file.isFolder ? "a folder of transcripts" : "a transcript";
      const problem = `Cannot read ${what}: ${describe(error)}`;
      if (problem !== file.problem) this.#context.onProblem(problem, path);
      file.problem = problem;
    }
  }

  async #readFile(path: string, file: FileState, totals: ReadTotals, how: ReadHow) {
    const makeParser = await this.#format.loadParser();
    const stat = Deno.statSync(path);
    const before = this.#goesOn(path, file.checkpoint, stat) ? file.checkpoint : undefined;
    file.checkpoint = before;
    const modifiedAt = stat.mtime?.getTime() ?? 0;
    const drift = new DriftCounts(before?.drift);
    const parser = makeParser(path, before, modifiedAt, drift);
    let counts = before ?? { lines: 0, linesMalformed: 0, linesUnknown: 0 };
    const start = before?.position ?? 0;
    let position = start;
    for (const chunk of readJsonLines(path, start)) {
      if (position > start) await breathe(() => how.onBytes(position - start));
      if (how.signal.aborted) return;
      const { events, unknown } = parseChunk(chunk, parser, this.#context.gate);
      noteOddLines(chunk, drift);
      totals.bytes += chunk.position - position;
      totals.events += events.length;
      totals.linesMalformed += chunk.malformed;
      totals.linesUnknown += unknown;
      position = chunk.position;
      counts = {
        lines: counts.lines + chunk.lines,
        linesMalformed: counts.linesMalformed + chunk.malformed,
        linesUnknown: counts.linesUnknown + unknown,
      };
      // Only whoever reads on to the end may say that there is nothing more.
      const read = { ...counts, position, size: position, modifiedAt, stat, parser, drift };
      await this.#hand(path, file, events, read);
    }
    if (position === start || position < stat.size) {
      const read = { ...counts, position, size: stat.size, modifiedAt, stat, parser, drift };
      await this.#hand(path, file, [], read);
    }
    file.problem = undefined;
    totals.files++;
  }

  async flush(): Promise<void> {
    await this.#outbox.flush();
  }

  async rewind(checkpoints: Positions): Promise<void> {
    await this.#outbox.clear();
    this.#checkpoints = checkpoints;
    this.#files.clear();
    this.#unchanged.clear();
  }

  inspect(): SourceInspection {
    const { files, denied } = this.#format.list();
    return inspectFiles({
      paths: files,
      denied,
      idOf: (path) => this.#sourceId(path),
      checkpoints: this.#checkpoints,
    });
  }

  async #hand(
    path: string,
    file: FileState,
    events: readonly string[],
    { stat, parser, drift, ...counts }: Read,
  ): Promise<void> {
    const headBytes = Math.min(HEAD_BYTES, counts.position);
    const known = file.checkpoint?.head;
    const checkpoint: Checkpoint = {
      ...counts,
      id: parser.isHidden ? forgottenId(this.#context.privacy, file.id) : file.id,
      platform: this.platform,
      sessionId: parser.sessionId,
      fileId: identityOf(stat),
      head: known?.startsWith(`${headBytes}:`) ? known : this.#headOf(path, headBytes),
      state: parser.state,
      drift: String(drift),
    };
    file.checkpoint = checkpoint;
    file.size = Math.max(stat.size, checkpoint.size);
    await this.#outbox.add(events, checkpoint, {
      onAccepted: (accepted) => file.accepted = accepted,
      onRefused: () => file.checkpoint = file.accepted,
    });
  }

  /** Whether the file is the one that was read, with nothing changed in what was read. */
  #goesOn(path: string, before: Checkpoint | undefined, stat: Deno.FileInfo): boolean {
    if (!before || stat.size < before.position || identityOf(stat) !== before.fileId) {
      return false;
    }
    return before.head === this.#headOf(path, Number(before.head.split(":")[0]));
  }

  #headOf(path: string, size: number): string {
    using file = Deno.openSync(path, { read: true });
    const bytes = new Uint8Array(size);
    const read = file.readSync(bytes) ?? 0;
    return `${size}:${this.#context.privacy.fingerprint(bytes.subarray(0, read))}`;
  }

  /** @param closed gets the folder of a file that may not even be looked at */
  #look(path: string, closed = new Set<string>()): Pending | undefined {
    const stat = statOf(path, () => closed.add(splitPath(path).folder));
    // A folder may have a name like a file's.
    if (!stat?.isFile) {
      this.#files.delete(path);
      this.#unchanged.delete(path);
      return undefined;
    }
    const modifiedAt = stat.mtime?.getTime() ?? 0;
    let file = this.#files.get(path);
    if (!file) {
      const id = this.#sourceId(path);
      if (this.#checkpoints.isRead?.(id, stat.size, modifiedAt)) {
        this.#unchanged.add(path);
        return undefined;
      }
      this.#unchanged.delete(path);
      const known = findCheckpoint(this.#checkpoints, id, this.#context.privacy);
      file = { id, accepted: known, checkpoint: known, size: stat.size, scan: this.#scans };
      this.#files.set(path, file);
    }
    file.scan = this.#scans;
    file.size = stat.size;
    const known = file.checkpoint;
    if (known && known.size === stat.size && known.modifiedAt === modifiedAt) return undefined;
    const bytes = known && known.position <= stat.size ? stat.size - known.position : stat.size;
    return { path, bytes, modifiedAt };
  }

  /** What lies in it is not known: it is taken for one file of which nothing is read. */
  #lookInto(folder: string): Pending {
    const scan = this.#scans;
    const file = this.#files.get(folder) ??
      { id: folder, accepted: undefined, checkpoint: undefined, size: 0, scan, isFolder: true };
    file.scan = scan;
    this.#files.set(folder, file);
    return { path: folder, bytes: 0, modifiedAt: this.#context.clock.now() };
  }

  /** Hash of the folder and the file's own name: a thousand files of a folder cost one hash. */
  #sourceId(path: string): string {
    const { privacy } = this.#context;
    const { folder, name } = splitPath(path);
    const hash = this.#folders.getOrInsertComputed(folder, (path) => privacy.hash(path));
    return `${hash}:${privacy.id(name.replace(/\.jsonl$/, ""))}`;
  }
}

/** Lets others run between two pieces of a file: a signal, a page, whoever draws the progress. */
async function breathe(tell: () => void): Promise<void> {
  tell();
  await new Promise((resolve) => setImmediate(resolve));
}

function parseChunk(chunk: LinesChunk, parser: LineParser, gate: Gate) {
  const events: string[] = [];
  let unknown = 0;
  const keep = (parsed: readonly TelemetryEvent[]) => {
    for (const event of gate.admitAll(parsed)) events.push(encodeEvent(event));
  };
  for (const object of chunk.objects) {
    const parsed = parser.parse(object);
    if (parsed === undefined) unknown++;
    else keep(parsed);
  }
  keep(parser.end());
  return { events, unknown };
}

/** Lines that are not as they ought to be, but can be read or at least be told apart. */
function noteOddLines({ glued, nullBytes, tooLong }: LinesChunk, drift: DriftCounts): void {
  if (glued > 0) drift.add(literal("line"), literal("glued"), glued);
  if (nullBytes > 0) drift.add(literal("line"), literal("null_bytes"), nullBytes);
  if (tooLong > 0) drift.add(literal("line"), literal("too_long"), tooLong);
}

function splitPath(path: string): { folder: string; name: string } {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return { folder: path.slice(0, cut), name: path.slice(cut + 1) };
}

/** Undefined where there is nothing that can be read. */
function statOf(path: string, onDenied: () => void): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (isDenied(error)) onDenied();
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function identityOf(stat: Deno.FileInfo): string {
  return stat.ino === null ? "" : `${stat.dev}:${stat.ino}`;
}

function isFileError(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || isDenied(error) ||
    error instanceof Deno.errors.IsADirectory ||
    error instanceof Error && "code" in error &&
      ["EIO", "EACCES", "EISDIR"].includes(String(error.code));
}

function describe(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "it is gone";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  return error instanceof Error ? error.name : "unknown";
}
