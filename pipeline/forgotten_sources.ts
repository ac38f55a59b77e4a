/**
 * Reading positions of files of purged sessions: they stay, so that the files are not read again,
 * and name nothing. What reads a file knows it by the keyed hash of its id as well.
 *
 * @module
 */

import { type Database, prepareArrays } from "../core/database.ts";
import { forgottenId } from "../core/forgotten_id.ts";
import type { Privacy } from "../core/privacy.ts";
import { listOf } from "./rebuild.ts";

/** What is worked with. */
export interface ForgetParts {
  readonly db: Database;
  readonly privacy: Privacy;
}

/** Forgets of which sessions files are; the caller holds the transaction. */
export function forgetSources({ db, privacy }: ForgetParts, sessions: ReadonlySet<number>): void {
  const rows = prepareArrays(
    db,
    "select session_id from sessions where id in (select value from json_each(?))",
  ).all(listOf(sessions)) as unknown as [string][];
  const gone = new Set(rows.map(([id]) => id));
  forgetAccepted(db, privacy, gone);
  forgetStored(db, privacy, gone);
}

/** Whether a file is of one of them: by what its lines said, or by its name. */
function isOf(gone: ReadonlySet<string>, id: string, sessionId: string | null): boolean {
  return sessionId !== null && gone.has(sessionId) || gone.has(id.slice(id.indexOf(":") + 1));
}

function forgetAccepted(db: Database, privacy: Privacy, gone: ReadonlySet<string>): void {
  const rows = prepareArrays(db, "select id, session_id from sources")
    .all() as unknown as [string, string | null][];
  const remove = db.prepare("delete from sources where id = ?");
  const rename = db.prepare(
    "update sources set id = ?, session_id = null, state = '{}', lines = 0 where id = ?",
  );
  for (const [id, sessionId] of rows) {
    if (!isOf(gone, id, sessionId)) continue;
    const name = forgottenId(privacy, id);
    remove.run(name);
    rename.run(name, id);
  }
}

function forgetStored(db: Database, privacy: Privacy, gone: ReadonlySet<string>): void {
  const rows = prepareArrays(db, "select machine, id, session_id, mark from stored_sources")
    .all() as unknown as [string, string, string | null, string][];
  const remove = db.prepare("delete from stored_sources where machine = ? and id = ?");
  const rename = db.prepare(
    `update stored_sources set id = ?, session_id = null, lines = 0, mark = ?
     where machine = ? and id = ?`,
  );
  for (const [machine, id, sessionId, mark] of rows) {
    if (!isOf(gone, id, sessionId)) continue;
    const name = forgottenId(privacy, id);
    const nameless = { ...JSON.parse(mark), id: name, sessionId: null, state: "{}", lines: 0 };
    remove.run(machine, name);
    rename.run(name, JSON.stringify(nameless), machine, id);
  }
}
