/**
 * From a row of Cursor's databases to events: which file knows which key. Of a workspace's
 * background composers only machinery is kept there, without a time: nothing is told of it; the
 * composers themselves are rows like others.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { bubbleRow } from "./bubble.ts";
import { chatTabs } from "./chat_tabs.ts";
import { fatesRow } from "./code_blocks.ts";
import { recentCommit } from "./code_tracking.ts";
import { composerHeader, composerList } from "./composer_list.ts";
import { composerRow } from "./composer_row.ts";
import { dailyStats } from "./daily_stats.ts";
import { generations } from "./generations.ts";
import { parseJson } from "./parse_json.ts";
import type { RowContext, StateRow } from "./state_rows.ts";

const DAILY = "aiCodeTracking.dailyStats.v";

/** The events of a row; none for what says nothing. */
export function projectRow(row: StateRow, context: RowContext): readonly TelemetryEvent[] {
  if (row.table === "composerHeaders") return composerHeader(row.key, row.value, context);
  if (row.table === "cursorDiskKV") return keyedRow(row, context);
  return listedRow(row, context);
}

function keyedRow({ key, value }: StateRow, context: RowContext): readonly TelemetryEvent[] {
  const [kind, rest] = cut(key);
  if (kind === "composerData") return composerRow(rest, value, context);
  if (kind !== "bubbleId" && kind !== "codeBlockPartialInlineDiffFates") return [];
  // A composer's id may hold anything but a colon.
  const [composer, id] = cut(rest);
  if (composer === "" || id === "") return [];
  const read = kind === "bubbleId" ? bubbleRow : fatesRow;
  return read(composer, id, parseJson(value), context);
}

function listedRow({ key, value }: StateRow, context: RowContext): readonly TelemetryEvent[] {
  if (key.startsWith(DAILY)) return dailyStats(key, value, context);
  switch (key) {
    case "composer.composerData":
    case "composer.composerHeaders":
      return composerList(value, context);
    case "workbench.panel.aichat.view.aichat.chatdata":
      return chatTabs(value, context);
    case "aiService.generations":
      return generations(value, context);
    case "aiCodeTracking.recentCommit":
      return recentCommit(value, context);
    default:
      return [];
  }
}

function cut(key: string): [string, string] {
  const at = key.indexOf(":");
  return at < 0 ? [key, ""] : [key.slice(0, at), key.slice(at + 1)];
}
