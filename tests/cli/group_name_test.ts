/** Tests of `cli/group_name.ts`. */

import { equal } from "node:assert/strict";
import { groupName } from "../../cli/group_name.ts";
import type { GroupBy } from "../../core/reports/report_choices.ts";

Deno.test("groupName() names times and platforms as people do", () => {
  const name = (by: GroupBy, key: string, label?: string) => {
    const group = { key, ...label === undefined ? {} : { label } };
    return groupName(group, by, new Map([["mcp:1a2b3c4d", "notes/read"]]));
  };
  equal(name("weekday", "1"), "Monday");
  equal(name("weekday", "7"), "Sunday");
  equal(name("hour", "2026-11-24T09"), "2026-11-24 09:00");
  equal(name("hour-of-day", "09"), "09:00");
  equal(name("platform", "claude_code"), "Claude Code");
  equal(name("tool", "Edit"), "Edit");
  equal(name("tool", "mcp:1a2b3c4d"), "notes/read");
  equal(name("project", "1c8bbfa69a576471", "engine"), "engine");
});
