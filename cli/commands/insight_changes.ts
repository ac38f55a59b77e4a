/**
 * `blueplane insights dismiss`, `restore`, `mute` and `unmute`: what a person wants to see is
 * remembered by whoever may write.
 *
 * @module
 */

import type { InsightChange } from "../../core/insight_choices.ts";
import { INSIGHT_KINDS } from "../../core/insight_kinds.ts";
import { type Insight, reportInsights } from "../../core/reports/insights_report.ts";
import { askWriter } from "../ask_writer.ts";
import { requireOwnHome } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import { NotFoundError, UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { printJson } from "../with_report.ts";
import { openHomeReader, openWorkspace, toolServers, type Workspace } from "../workspace.ts";
import { nearestWord } from "../../core/nearest_word.ts";

/** Runs `insights dismiss`: it comes back when it got clearly worse. */
export function runInsightDismiss(
  io: Io,
  globals: Globals,
  _options: unknown,
  id: string,
): Promise<number> {
  const workspace = openOwn(io, globals, "dismiss");
  const insight = findInsight(workspace, id);
  if (!insight) {
    throw new NotFoundError("Cannot dismiss this insight: there is none with this id");
  }
  const { severity, sessions } = insight;
  return change(workspace, { dismiss: { id, severity, sessions } }, {
    done: `Dismissed: ${insight.title}`,
    undone: "It was dismissed before.",
  });
}

/** Runs `insights restore`. */
export function runInsightRestore(
  io: Io,
  globals: Globals,
  _options: unknown,
  id: string,
): Promise<number> {
  return change(openOwn(io, globals, "restore"), { restore: id }, {
    done: "It is shown again.",
    undone: "It was not dismissed.",
  });
}

/** Runs `insights mute`. */
export function runInsightMute(
  io: Io,
  globals: Globals,
  _options: unknown,
  kind: string,
): Promise<number> {
  return change(openOwn(io, globals, "mute"), { mute: readKind("mute", kind) }, {
    done: `Nothing of ${kind} is shown from now on.`,
    undone: "It was muted before.",
  });
}

/** Runs `insights unmute`. */
export function runInsightUnmute(
  io: Io,
  globals: Globals,
  _options: unknown,
  kind: string,
): Promise<number> {
  return change(openOwn(io, globals, "unmute"), { unmute: readKind("unmute", kind) }, {
    done: `${kind} is shown again.`,
    undone: "It was not muted.",
  });
}

function openOwn(io: Io, globals: Globals, verb: string): Workspace {
  const workspace = openWorkspace(io, globals);
  requireOwnHome(workspace.home, `${verb} insights`);
  return workspace;
}

function readKind(verb: string, name: string): string {
  const names = INSIGHT_KINDS.map((kind) => kind.name);
  if (names.includes(name)) return name;
  const nearest = nearestWord(name, names);
  throw new UsageError(
    `Cannot ${verb} insights: '${name.slice(0, 40)}' is no kind; ` +
      (nearest === undefined
        ? "blueplane insights --json shows that of each"
        : `did you mean ${nearest}?`),
  );
}

function findInsight(workspace: Workspace, id: string): Insight | undefined {
  const db = openHomeReader(workspace);
  try {
    const query = { hidden: true, limit: 0, servers: toolServers(workspace) };
    return db && reportInsights(db, query).insights.find((insight) => insight.id === id);
  } finally {
    db?.close();
  }
}

async function change(
  workspace: Workspace,
  wanted: InsightChange,
  { done, undone }: { done: string; undone: string },
): Promise<number> {
  const { io, globals } = workspace;
  const { changed } = await askWriter(workspace, "change insights", "changeInsights", wanted);
  if (globals.json) printJson(io, { schema: "blueplane.insight_change/1", changed });
  else if (!globals.quiet) io.stdout.write(`${changed ? done : undone}\n`);
  return 0;
}
