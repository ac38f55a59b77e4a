/**
 * What the user calls the groups of a report.
 *
 * @module
 */

import { platformName } from "../capture/registry.ts";
import type { GroupBy } from "../core/reports/report_choices.ts";

/** What of a group tells what it is called. */
interface Group {
  readonly key: string;
  readonly label?: string;
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** What the user calls a group. `names` are of what has no label, by key. */
export function groupName(
  { key, label }: Group,
  by: GroupBy,
  names: ReadonlyMap<string, string> | undefined,
): string {
  return label ?? names?.get(key) ?? keyText(key, by);
}

/** A key of time as people write it. */
export function keyText(key: string, by: GroupBy): string {
  if (by === "platform") return platformName(key);
  if (by === "weekday") return WEEKDAYS[Number(key) - 1] ?? key;
  return by === "hour" || by === "hour-of-day" ? `${key.replace("T", " ")}:00` : key;
}
