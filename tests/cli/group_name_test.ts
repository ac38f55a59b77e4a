/** Tests of `cli/group_name.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { groupName, projectsApart } from "../../cli/group_name.ts";
import type { GroupBy } from "../../core/reports/report_choices.ts";

Deno.test("groupName() names times and platforms as people do, and tells twins apart", () => {
  const name = (by: GroupBy, key: string, label?: string, twin?: string) => {
    const group = { key, ...label === undefined ? {} : { label } };
    const groups = [group, { key: "9f9f9f9f", label: twin ?? "other" }];
    return groupName(group, groups, by, new Map([["mcp:1a2b3c4d", "notes/read"]]));
  };
  equal(name("weekday", "1"), "Monday");
  equal(name("weekday", "7"), "Sunday");
  equal(name("hour", "2026-11-24T09"), "2026-11-24 09:00");
  equal(name("hour-of-day", "09"), "09:00");
  equal(name("platform", "claude_code"), "Claude Code");
  equal(name("tool", "Edit"), "Edit");
  equal(name("tool", "mcp:1a2b3c4d"), "notes/read");
  equal(name("project", "1c8bbfa69a576471", "engine"), "engine");
  equal(name("project", "1c8bbfa69a576471", "engine", "engine"), "engine (1c8b)");
});

Deno.test("projectsApart() tells projects of one name apart, and leaves others alone", () => {
  const of = (project_id: string | null, project_label: string | null) => ({
    project_id,
    project_label,
  });
  const labels = projectsApart([
    of("1c8bbfa6", "engine"),
    of("1c8bbfa6", "engine"),
    of("9f9f9f9f", "engine"),
    of("0badcafe", "loom"),
    of("0badcafe", "loom"),
    of("0badf00d", null),
    of(null, null),
  ]).map(({ project_label }) => project_label);

  const engines = ["engine (1c8b)", "engine (1c8b)", "engine (9f9f)"];
  deepEqual(labels, [...engines, "loom", "loom", null, null]);
});
