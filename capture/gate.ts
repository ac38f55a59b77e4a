/**
 * The gate before the queue: what a person does not want captured goes no further. Every event of
 * every source passes it.
 *
 * @module
 */

import { type CaptureChoices, withoutCategories } from "../core/capture_choices.ts";
import type { TelemetryEvent } from "../core/event.ts";
import { hasPause, isInPause, type Pause } from "../core/pauses.ts";
import type { SafeText } from "../core/privacy.ts";
import { cleanPath, folderKey, withoutWorktree } from "./folder_path.ts";
import { SessionFolders } from "./session_folders.ts";

/** What holds now. */
export interface GateState extends CaptureChoices {
  readonly pauses: readonly Pause[];
}

const NOTHING: GateState = { paused: false, off: [], exclude: [], pauses: [] };

/** Lets events through, whole or in part, or not. */
export class Gate {
  readonly #state: () => GateState;
  readonly #home: string;
  #matchers: { readonly of: readonly string[]; readonly all: readonly RegExp[] } | undefined;
  #sessions: { readonly of: string; readonly folders: SessionFolders } | undefined;

  /**
   * @param state asked at every event: settings may change while a server runs
   * @param home the user's home folder, which `~` stands for
   */
  constructor(state: () => GateState = () => NOTHING, home = "") {
    this.#state = state;
    this.#home = home;
  }

  /** Whether nothing is captured now. */
  get isPaused(): boolean {
    return this.#state().paused;
  }

  /** What holds now. */
  get choices(): CaptureChoices {
    return this.#state();
  }

  /** Whether any folder is left out. */
  get isSelective(): boolean {
    return this.#state().exclude.length > 0;
  }

  /** Whether a working folder is left out, or is in one that is; the path goes nowhere. */
  excludes(cwd: string): boolean {
    const { exclude } = this.#state();
    if (exclude.length === 0) return false;
    if (this.#matchers?.of !== exclude) {
      const all = exclude.map((pattern) => matcherOf(pattern, this.#home));
      this.#matchers = { of: exclude, all };
    }
    const clean = cleanPath(cwd);
    const paths = [clean, withoutWorktree(clean, this.#home)].map(folderKey);
    return this.#matchers.all.some((matcher) => paths.some((path) => matcher.test(path)));
  }

  /** Notes that a session is in a working folder; the path goes nowhere. */
  noteFolder(session: SafeText, cwd: string): void {
    if (this.isSelective) this.#folders().note(session, this.excludes(cwd));
  }

  /** Whether a session was ever in a folder that is left out; undefined where nothing told. */
  leavesOut(session: SafeText): boolean | undefined {
    return this.#folders().isOut(session);
  }

  /** By the folders that are left out now: what was known by others says nothing of these. */
  #folders(): SessionFolders {
    const of = this.#state().exclude.join("\n");
    if (this.#sessions?.of !== of) this.#sessions = { of, folders: new SessionFolders() };
    return this.#sessions.folders;
  }

  /** Whether a part of what happened since a moment, up to another, was in a pause. */
  hadPause(since: number, at: number): boolean {
    return hasPause(this.#state().pauses, since, at);
  }

  /** What of an event may be kept; undefined for nothing. */
  admit(event: TelemetryEvent): TelemetryEvent | undefined {
    const { paused, pauses, off } = this.#state();
    if (paused || event.metadata.hidden === true) return undefined;
    if (pauses.length > 0 && isPaused(pauses, event)) return undefined;
    return off.length === 0 ? event : withoutCategories(event, off);
  }

  /** The same for several. */
  admitAll(events: readonly TelemetryEvent[]): TelemetryEvent[] {
    return events.flatMap((event) => this.admit(event) ?? []);
  }
}

/**
 * Whether an event happened in a pause. What is a total of a stretch did so in part, where a pause
 * lies in it, and nobody can tell which part.
 */
function isPaused(pauses: readonly Pause[], { timestamp, payload }: TelemetryEvent): boolean {
  const { started_at: startedAt, duration_ms: durationMs } = payload;
  if (!(typeof startedAt === "number" && startedAt > 0)) return isInPause(pauses, timestamp);
  // Of a session that was resumed the time counts that it ran before, too.
  const since = typeof durationMs === "number" ? timestamp - durationMs : startedAt;
  return hasPause(pauses, Math.min(startedAt, since), timestamp);
}

/** Matches a folder and all below it. `*` is a part of a name, `**` any folders. */
function matcherOf(pattern: string, home: string): RegExp {
  const absolute = pattern.replace(/^~(?=[/\\]|$)/, home);
  const parts = folderKey(cleanPath(absolute)).split(/(\*\*\/?|\*|\?)/);
  const source = parts.map((part) => {
    if (part.startsWith("**")) return part.endsWith("/") ? "(?:.*/)?" : ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  }).join("");
  return new RegExp(`^${source}(?:/|$)`);
}
