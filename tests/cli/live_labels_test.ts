/** Tests of the names that a live screen knows, and of when it looks for others. */

import { deepEqual, equal } from "node:assert/strict";
import { LiveLabels } from "../../cli/live_labels.ts";
import type { LiveView } from "../../cli/live_lines.ts";
import type { RunningSession } from "../../core/reports/running.ts";
import { NOON } from "../helpers/events.ts";
import { makePicture } from "../helpers/live_pictures.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

/** A view of nothing but sessions of these projects, and calls of these tools. */
function viewOf(projects: readonly string[], tools: readonly string[] = []): LiveView {
  const picture = makePicture(), part = picture.periods["24h"]!;
  const rankings = {
    ...part.rankings,
    tools: tools.map((tool) => [tool, 1] as const),
    projects: [],
  };
  const sessions = projects.map((project_id): RunningSession => ({
    session_id: "s",
    platform: "claude_code",
    project_id,
    last_at: NOON,
    tool: null,
    tool_at: null,
    cost_usd: null,
    cost_is_lower_bound: null,
    cost_coverage: null,
  }));
  return {
    picture: { ...picture, periods: { "24h": { ...part, rankings } } },
    period: "24h",
    source: "database",
    running: { sessions, decisions: [] },
  };
}

/** What there is to be found, and how often it was looked for. */
function stage(tookMs = 0) {
  const clock = new VirtualClock(NOON);
  const found = new Map([["p1", "engine"], ["mcp:0badcafe", "notes/read"]]);
  let looks = 0;
  const labels = new LiveLabels(() => {
    looks++;
    clock.advance(tookMs);
    return new Map(found);
  }, clock);
  return { clock, found, labels, looks: () => looks };
}

Deno.test("LiveLabels.read() looks for a project that has just begun, in a moment", () => {
  const { clock, found, labels, looks } = stage();
  // One has no name on this machine, however often it is looked for.
  labels.read(viewOf(["p1", "gone"]));
  found.set("p2", "new");

  equal(labels.read(viewOf(["p1", "p2", "gone"])).get("p2"), undefined);
  clock.advance(2000);

  equal(labels.read(viewOf(["p1", "p2", "gone"])).get("p2"), "new");
  equal(looks(), 2);
});

Deno.test("LiveLabels.read() looks for what it did not find, after a minute", () => {
  const { clock, found, labels, looks } = stage();
  for (let second = 0; second < 59; second++) {
    labels.read(viewOf(["late"]));
    clock.advance(1000);
  }
  equal(looks(), 1);
  found.set("late", "late");
  clock.advance(1000);
  equal(labels.read(viewOf(["late"])).get("late"), "late");
  clock.advance(3_600_000);
  labels.read(viewOf(["late"]));
  equal(looks(), 2);
});

Deno.test("LiveLabels.read() rests the longer the longer it looks", () => {
  const { clock, labels, looks } = stage(200);
  labels.read(viewOf(["a"]));
  clock.advance(9000);
  labels.read(viewOf(["b"]));
  equal(looks(), 1);
  clock.advance(1000);
  labels.read(viewOf(["b"]));
  equal(looks(), 2);
});

Deno.test("LiveLabels.read() tells projects of one name apart, as the table does", () => {
  const { found, labels } = stage();
  found.set("caa7f00d", "cli").set("beefcafe", "cli").set("0000aaaa", "cli");

  deepEqual([...labels.read(viewOf(["caa7f00d", "beefcafe", "p1"], ["mcp:0badcafe"]))], [
    ["mcp:0badcafe", "notes/read"],
    ["caa7f00d", "cli (caa7)"],
    ["beefcafe", "cli (beef)"],
    ["p1", "engine"],
  ]);
  equal(labels.read(viewOf(["caa7f00d"])).get("caa7f00d"), "cli");
});
