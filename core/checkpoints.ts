/**
 * Reading positions of sources, as they are kept and found again.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "./database.ts";
import { Words } from "./words.ts";

/** How far one file was read, and by what it is known again. */
export interface Checkpoint {
  /** Keyed hash of the folder and opaque name of the file: no path. */
  readonly id: string;
  readonly platform: string;
  /** The session that the file belongs to, once a line told it. */
  readonly sessionId: string | null;
  /** Device and inode, or "" where the system has none. */
  readonly fileId: string;
  /** Keyed hash of the first bytes, "" while the file is shorter. */
  readonly head: string;
  /** The byte after the last line that was accepted. */
  readonly position: number;
  /** Bytes of the file when it was last looked at. */
  readonly size: number;
  /** Time of its last change, in milliseconds. */
  readonly modifiedAt: number;
  readonly lines: number;
  readonly linesMalformed: number;
  readonly linesUnknown: number;
  /** What the parser must know of the lines before: JSON of safe words. */
  readonly state: string;
  /** What of its format is not known: JSON of counts by safe words. */
  readonly drift: string;
  /** It only says when the events before it are stored; nobody goes on from it. */
  readonly transient?: true;
}

/** Positions of an earlier run, by the id of the source. */
export interface Positions extends Iterable<[string, Checkpoint]> {
  get(id: string): Checkpoint | undefined;
  /**
   * Whether a file was read when it had this size and was last changed then: nothing else need be
   * known of it. Absent where a position is at hand as soon as that.
   */
  isRead?(id: string, size: number, modifiedAt: number): boolean;
}

/** Writes checkpoints; the writer has one. */
export class CheckpointStore {
  readonly #words: Words;
  readonly #save: Statement;

  constructor(db: Database, words: Words) {
    this.#words = words;
    this.#save = db.prepare(
      `insert into sources (id, platform, session_id, file_id, head, position, size,
         modified_at, lines, lines_malformed, lines_unknown, state, drift)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set session_id = excluded.session_id,
         file_id = excluded.file_id, head = excluded.head, position = excluded.position,
         size = excluded.size, modified_at = excluded.modified_at, lines = excluded.lines,
         lines_malformed = excluded.lines_malformed, lines_unknown = excluded.lines_unknown,
         state = excluded.state, drift = excluded.drift`,
    );
  }

  /** Stores a position; the caller holds the transaction. */
  save(c: Checkpoint): void {
    this.#save.run(
      c.id,
      this.#words.number(c.platform),
      c.sessionId,
      c.fileId,
      c.head,
      c.position,
      c.size,
      c.modifiedAt,
      c.lines,
      c.linesMalformed,
      c.linesUnknown,
      c.state,
      c.drift,
    );
  }
}

type Row = [
  string,
  string,
  string | null,
  string,
  string,
  number,
  number,
  number,
  number,
  number,
  number,
  string,
  string,
];

const COLUMNS = `s.session_id, s.file_id, s.head, s.position, s.size, s.modified_at, s.lines,
  s.lines_malformed, s.lines_unknown, s.state, s.drift`;
const OF_PLATFORM = `select s.id, ?1, ${COLUMNS} from sources s
  where s.platform = (select id from words where text = ?1)`;

/** All positions of a platform, or of all, by their id. */
export function readCheckpoints(db: Database, platform?: string): Map<string, Checkpoint> {
  const rows = platform === undefined
    ? prepareArrays(
      db,
      `select s.id, w.text, ${COLUMNS} from sources s join words w on w.id = s.platform`,
    ).all()
    // To ask for the word of each row would double its time.
    : prepareArrays(db, OF_PLATFORM).all(platform);
  return new Map((rows as unknown as Row[]).map((row) => [row[0], fromRow(row)]));
}

/** One of them. */
export function readCheckpoint(
  db: Database,
  platform: string,
  id: string,
): Checkpoint | undefined {
  const row = prepareArrays(db, `${OF_PLATFORM} and s.id = ?2`).get(platform, id);
  return row && fromRow(row as unknown as Row);
}

/** How far a source of a machine is stored; 0 where nothing is. */
export function readStoredPosition(db: Database, machine: string, id: string): number {
  const row = prepareArrays(
    db,
    "select json_extract(mark, '$.position') from stored_sources where machine = ? and id = ?",
  ).get(machine, id) as unknown as [number] | undefined;
  return row?.[0] ?? 0;
}

function fromRow(row: Row): Checkpoint {
  return {
    id: row[0],
    platform: row[1],
    sessionId: row[2],
    fileId: row[3],
    head: row[4],
    position: row[5],
    size: row[6],
    modifiedAt: row[7],
    lines: row[8],
    linesMalformed: row[9],
    linesUnknown: row[10],
    state: row[11],
    drift: row[12],
  };
}
