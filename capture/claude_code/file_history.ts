/**
 * What the client's own file history tells: which files had changed when something was typed, and
 * which were changed by another than the assistant. A file that was restored has not changed.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { objectOf, textOf, timeOf } from "../json_access.ts";
import type { LineContext } from "./transcript_parser.ts";

/** Follows the snapshots of one file. */
export class FileSnapshots {
  #takenAt: number;

  /** @param takenAt when the last snapshot of an earlier read was taken, in milliseconds */
  constructor(takenAt: number) {
    this.#takenAt = takenAt;
  }

  /** When the last snapshot was taken, as it is kept between two reads. */
  get state(): number {
    return this.#takenAt;
  }

  /**
   * A snapshot is taken whenever a person types. It names every file that the assistant has
   * changed, with its last backup: a file has a new one only if it differs from the one before,
   * and none if it is not there.
   */
  parse(context: LineContext): readonly TelemetryEvent[] {
    const { line, privacy } = context;
    const { messageId, trackedFileBackups, timestamp } = objectOf(line.snapshot);
    const of = textOf(messageId), at = timeOf(timestamp), since = this.#takenAt;
    // An update tells of a change by the assistant, before it is made.
    if (of === undefined || at === undefined || line.isSnapshotUpdate === true) return [];
    this.#takenAt = Math.max(at, since);
    const backups = Object.entries(objectOf(trackedFileBackups)).map(([path, backup]) => {
      const { backupFileName, backupTime, realParentDir } = objectOf(backup);
      return {
        isGone: backupFileName === null,
        isNew: (timeOf(backupTime) ?? 0) > since,
        path: wholePath(path, textOf(realParentDir)),
      };
    });
    const changed = backups.filter(({ isNew, isGone }) => isNew && !isGone);
    // Of a file that cannot be named nothing could be said, and so of none.
    if (changed.some(({ path }) => path === undefined)) return [];
    const hashes = (some: typeof backups) =>
      some.flatMap(({ path }) => path === undefined ? [] : [context.file(path)]);
    const files = hashes(changed), gone = hashes(backups.filter(({ isGone }) => isGone));
    const id = privacy.hash(`snapshot ${of} ${at} ${files.join()} ${gone.join()}`, 32);
    return [
      context.event(id, "file_snapshot", {
        line: privacy.id(of),
        taken_at: at,
        files,
        ...(gone.length > 0 ? { gone } : {}),
      }),
    ];
  }
}

/** A file that the assistant knows was changed by another, as it is told when a person types. */
export function fileChange(context: LineContext): readonly TelemetryEvent[] {
  const { line, uuid, memory } = context;
  const path = textOf(objectOf(line.attachment).filename);
  if (uuid === undefined || path === undefined || memory.typed === null) return [];
  return [
    context.event(uuid, "file_change", { file: context.file(path), line: memory.typed }),
  ];
}

/** A backup is named by its path from the folder where the client was started. */
function wholePath(path: string, folder: string | undefined): string | undefined {
  if (folder !== undefined) return `${folder}/${path.split(/[/\\]/).at(-1)}`;
  return /^([/\\]|[A-Za-z]:)/.test(path) ? path : undefined;
}
