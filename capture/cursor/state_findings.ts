/**
 * Examines Cursor's databases for `doctor`: opens each and reads next to nothing. One that may
 * not be read is told with the other files.
 *
 * @module
 */

import type { Finding, Severity } from "../../core/finding.ts";
import { formatCounted } from "../../core/format.ts";
import type { Environment } from "../platform.ts";
import { readStamp } from "./state_stamp.ts";
import { type CursorDatabase, databasesElsewhere, listDatabases } from "./locate.ts";
import { chooseWay, openInPlace } from "./open_state.ts";
import { problemOf, type StateProblem } from "./state_problem.ts";
import { hasColumns } from "./table_shape.ts";

/** What is found of one database. */
type State =
  | StateProblem
  | "fine"
  | "empty"
  | "cut_short"
  | "strange"
  | "without_log"
  | "elsewhere";

interface Words {
  readonly severity: Severity;
  /** Behind "3 databases". */
  readonly are: string;
  readonly remedy: string;
}

const AGAIN = "Restore it from a backup if you need what is in it; the rest is read meanwhile";
const START = "Start Cursor and close it again: it takes its log into the database";

const WORDS: Readonly<Partial<Record<State, Words>>> = {
  empty: {
    severity: "note",
    are: "empty",
    remedy: "Nothing can be read from it before Cursor has written to it",
  },
  cut_short: {
    severity: "warning",
    are: "shorter than their first page says, as after a copy that was broken off",
    remedy: "Copy it once more, together with the files -wal and -shm beside it",
  },
  damaged: { severity: "warning", are: "damaged, or no database", remedy: AGAIN },
  strange: {
    severity: "warning",
    are: "without any table that is known",
    remedy: "Update Blueplane: this may be a newer Cursor than it knows",
  },
  locked: {
    severity: "note",
    are: "locked",
    remedy: "It is tried again at the next poll; if that does not help, restart Cursor",
  },
  unfinished: {
    severity: "warning",
    are: "in the middle of a change that Cursor has not finished",
    remedy: "Start Cursor once: it takes the change back",
  },
  unreadable: {
    severity: "warning",
    are: "such that they cannot be opened",
    remedy: "Check the disk that they are on, and that your user may read the whole folder",
  },
  elsewhere: {
    severity: "note",
    are: "behind a link that leads out of its folder, and not read",
    remedy: "Name the folder where it is in BLUEPLANE_CURSOR_USER_DIR, or put it in its place",
  },
  without_log: {
    severity: "warning",
    are: "read without their log, which is too large to be copied",
    remedy: START,
  },
};

const PATHS_MAX = 10;
const KNOWN_TABLES: Readonly<Record<CursorDatabase["kind"], readonly string[]>> = {
  state: ["ItemTable", "cursorDiskKV", "composerHeaders"],
  tracking: ["ai_code_hashes", "scored_commits"],
};
const HEADER_BYTES = 100;

/** What is to be said of the databases; nothing without any. */
export function stateFindings(environment: Environment): Finding[] {
  const states = new Map<State, string[]>();
  for (const database of listDatabases(environment)) {
    const state = stateOf(database);
    states.set(state, [...states.get(state) ?? [], database.path]);
  }
  const elsewhere = databasesElsewhere(environment).map(({ path }) => path);
  if (elsewhere.length > 0) states.set("elsewhere", elsewhere);
  return [...states].flatMap(([state, paths]) => {
    const words = WORDS[state];
    return words ? [findingOf(state, words, paths)] : [];
  });
}

function findingOf(state: State, { severity, are, remedy }: Words, paths: string[]): Finding {
  const counted = formatCounted(paths.length, "database");
  return {
    id: `database_${state}.cursor`,
    severity,
    title: `Cursor: ${counted} ${paths.length === 1 ? "is" : "are"} ${are}`,
    numbers: { databases: paths.length },
    remedy,
    details: paths.slice(0, PATHS_MAX),
  };
}

function stateOf({ path, kind }: CursorDatabase): State {
  try {
    const stamp = readStamp(path);
    if (stamp && stamp.bytes + stamp.logBytes === 0) return "empty";
    if (stamp && stamp.logBytes === 0 && isCutShort(path, stamp.bytes)) return "cut_short";
    const way = chooseWay(path);
    using opened = openInPlace(path, way === "copy" ? "main_only" : way);
    // What can only be read in a copy is fine, as far as can be seen without one.
    if (!opened) return "fine";
    if (way === "main_only") return "without_log";
    const isKnown = KNOWN_TABLES[kind].some((table) => hasColumns(opened.db, table, []));
    return isKnown || way === "copy" ? "fine" : "strange";
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    return problem;
  }
}

/** Whether the header counts more pages than there are. */
function isCutShort(path: string, bytes: number): boolean {
  using file = Deno.openSync(path, { read: true });
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  const read = file.readSync(new Uint8Array(header.buffer));
  const isDatabase = header.getUint32(0) === 0x53514c69;
  if (read !== HEADER_BYTES) return isDatabase;
  // The count holds if it is from the same change as the rest.
  if (!isDatabase || header.getUint32(24) !== header.getUint32(92)) return false;
  const pageBytes = header.getUint16(16) === 1 ? 65536 : header.getUint16(16);
  return header.getUint32(28) * pageBytes > bytes;
}
