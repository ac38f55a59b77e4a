/**
 * Names of MCP tools in place of their hashes, for the eyes of this machine's user alone.
 *
 * @module
 */

import type { ErrorPatternsReport } from "../core/reports/error_patterns_report.ts";
import type { SessionReport } from "../core/reports/session_report.ts";
import type { SimilarReport } from "../core/reports/similar_report.ts";
import { failedTools, hashesIn, isHashed, withNames } from "./hashed_tools.ts";
import { toolNames, type Workspace } from "./workspace.ts";

/** The names of those tools that are MCP tools, as far as this machine tells them. */
export function namesOfTools(
  workspace: Workspace,
  tools: Iterable<string>,
): ReadonlyMap<string, string> {
  const wanted = new Set([...tools].filter(isHashed));
  return wanted.size === 0 ? new Map() : toolNames(workspace, wanted);
}

/** Names of servers by their hash: `server` of each tool that is called `server/tool`. */
export function serverNames(
  servers: Iterable<readonly [tool: string, server: string]>,
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map([...servers].flatMap(([tool, server]) => {
    const [name, own] = names.get(tool)?.split("/") ?? [];
    return name === undefined || own === undefined ? [] : [[server, name] as const];
  }));
}

/** Names of all hashes that stand in texts. */
export function namesInTexts(
  workspace: Workspace,
  texts: readonly string[],
): ReadonlyMap<string, string> {
  return namesOfTools(workspace, texts.flatMap(hashesIn));
}

/** The report of a session with names in place of hashes: to be shown, and not to be kept. */
export function namedSession(workspace: Workspace, report: SessionReport): SessionReport {
  const names = namesOfTools(workspace, toolsOf(report));
  if (names.size === 0) return report;
  const named = (tool: string) => names.get(tool) ?? tool;
  const namedWait = <Wait extends { readonly tool: string | null }>(wait: Wait): Wait => ({
    ...wait,
    tool: wait.tool === null ? null : named(wait.tool),
  });
  const { critical_path: path } = report;
  return {
    ...report,
    tools: report.tools.map((one) => ({ ...one, tool: named(one.tool) })),
    turns: report.turns.map((turn) => ({
      ...turn,
      tools: Object.fromEntries(
        Object.entries(turn.tools).map(([tool, count]) => [named(tool), count]),
      ),
    })),
    critical_path: path && {
      ...path,
      waited_for: path.waited_for.map(namedWait),
      longest: path.longest.map(namedWait),
    },
    insights: report.insights.map((one) => ({ ...one, title: withNames(one.title, names) })),
  };
}

/** The same of how tools fail, and of what worked then. */
export function namedErrors(
  workspace: Workspace,
  report: ErrorPatternsReport,
): ErrorPatternsReport {
  const names = namesOfTools(workspace, failedTools(report));
  if (names.size === 0) return report;
  const named = <One extends { readonly tool: string }>(one: One): One => ({
    ...one,
    tool: names.get(one.tool) ?? one.tool,
  });
  const patterns = report.patterns.map(({ recovery, ...pattern }) => ({
    ...named(pattern),
    recovery: { ...recovery, followed_by: recovery.followed_by.map(named) },
  }));
  return { ...report, patterns };
}

/** The same of similar sessions, of which tools are recommended. */
export function namedSimilar(workspace: Workspace, report: SimilarReport): SimilarReport {
  const { recommended } = report.tools;
  const names = namesOfTools(workspace, recommended.map(({ tool }) => tool));
  if (names.size === 0) return report;
  const named = recommended.map((one) => ({ ...one, tool: names.get(one.tool) ?? one.tool }));
  return { ...report, tools: { ...report.tools, recommended: named } };
}

/** Those of sub-agents are on the path, and in no turn. */
function toolsOf({ tools, critical_path: path }: SessionReport): string[] {
  return [...tools, ...path?.waited_for ?? []].flatMap(({ tool }) => tool ?? []);
}
