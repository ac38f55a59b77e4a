/**
 * What the user calls the groups of a report, and the projects of sessions.
 *
 * @module
 */

import { platformName } from "../capture/registry.ts";
import { nameApart } from "../core/reports/project_names.ts";
import type { GroupBy } from "../core/reports/report_choices.ts";

/** What of a group tells what it is called. */
interface Group {
  readonly key: string;
  readonly label?: string;
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/**
 * What the user calls a group; where several have one name, with the begin of its key. `names`
 * are of what has no label, by key.
 */
export function groupName(
  { key, label }: Group,
  groups: readonly Group[],
  by: GroupBy,
  names: ReadonlyMap<string, string> | undefined,
): string {
  if (label === undefined) return names?.get(key) ?? keyText(key, by);
  const isAlone = groups.filter((one) => one.label === label).length === 1;
  return isAlone ? label : nameApart(key, label);
}

/** A key of time as people write it. */
export function keyText(key: string, by: GroupBy): string {
  if (by === "platform") return platformName(key);
  if (by === "weekday") return WEEKDAYS[Number(key) - 1] ?? key;
  return by === "hour" || by === "hour-of-day" ? `${key.replace("T", " ")}:00` : key;
}

/** What is of projects, with those of one name told apart. */
export function projectsApart<
  One extends { readonly project_id: string | null; readonly project_label: string | null },
>(all: readonly One[]): One[] {
  const ids = Map.groupBy(all, ({ project_label }) => project_label);
  return all.map((one) => {
    const { project_id: id, project_label: label } = one;
    const isAlone = ids.get(label)!.every(({ project_id }) => project_id === id);
    return isAlone || id === null || label === null
      ? one
      : { ...one, project_label: nameApart(id, label) };
  });
}
