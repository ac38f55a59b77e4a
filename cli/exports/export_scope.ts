/**
 * What an export says of the filters that chose its rows, so that nobody takes a part for the
 * whole. A project or a session is no name of the file's: it says only that it is of one.
 *
 * @module
 */

import { readSafeText, safeModel } from "../../core/privacy.ts";
import type { SessionFilter } from "../../core/reports/sums.ts";

/** The filters of an export; none where it is of all. */
export interface ExportScope {
  readonly platform?: string;
  readonly model?: string;
  readonly project?: true;
  readonly session?: true;
}

/** What stands in the file. */
export function scopeOf({ platform, model, project, session }: SessionFilter): ExportScope {
  return {
    ...(platform === undefined ? {} : { platform }),
    ...(model === undefined ? {} : { model: safeModel(model) }),
    ...(project === undefined ? {} : { project: true }),
    ...(session === undefined ? {} : { session: true }),
  };
}

/** Takes what somebody else's file says; undefined when it is none of ours. */
export function readScope(told: unknown = {}): ExportScope | undefined {
  if (typeof told !== "object" || told === null) return undefined;
  const { platform, model, project, session, ...others } = told as Record<string, unknown>;
  const areTexts = [platform, model].every((text) =>
    text === undefined || typeof text === "string" && readSafeText(text) !== undefined
  );
  const areMarks = [project, session].every((mark) => mark === undefined || mark === true);
  if (!areTexts || !areMarks || Object.keys(others).length > 0) return undefined;
  // In one order, so that the same filters are the same text.
  return JSON.parse(JSON.stringify({ platform, model, project, session }));
}
