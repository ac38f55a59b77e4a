/**
 * Prompts: questions that a person picks, each with the numbers that it is about.
 *
 * @module
 */

import { completable } from "@modelcontextprotocol/sdk/server/completable.js";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import * as z from "zod";
import type { Database } from "../core/database.ts";
import type { InsightType } from "../core/insight_rule.ts";
import { reportInsights } from "../core/reports/insights_report.ts";
import { PERIODS } from "../core/reports/period.ts";
import { findingOf } from "./analysis_tools.ts";
import type { McpContext } from "./mcp_context.ts";
import { documentOf } from "./resource_documents.ts";
import { SUMMARY_URI } from "./resource_uris.ts";

interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly types: readonly InsightType[];
  readonly question: string;
}

const COMMON = "Speak only of what the numbers below show; null means not known, never 0. Name " +
  "each number that you rest on with its n. Where n is small, say that it is too little to tell.";

/** The prompts, in the order in which they are listed. */
export const PROMPTS: readonly Prompt[] = [
  {
    name: "retrospective",
    title: "Retrospective",
    description: "What went well, what did not, and what to try next",
    types: ["productivity", "patterns", "context"],
    question: "Hold a retrospective of our work in this period: what went well, what did not, " +
      "and at most three things to try next, each with the number that would show it helped.",
  },
  {
    name: "cost-review",
    title: "Cost review",
    description: "Where the money went, and what could have been saved",
    types: ["cost", "context"],
    question: "Review what our work cost in this period: which models and sessions it went to, " +
      "what could have been left out, and what that would have saved. Say where cost is a lower " +
      "bound or only covers a part.",
  },
  {
    name: "error-review",
    title: "Error review",
    description: "What failed, why, and how to avoid it",
    types: ["errors"],
    question:
      "Review what failed in this period: the classes of errors and the tools that fail " +
      "most, their likely causes, and what to do otherwise. Failures that a person caused by " +
      "rejecting or interrupting are no errors.",
  },
];

const FINDINGS = 5;

/** Adds the prompts. */
export function addPrompts(server: McpServer, context: McpContext): void {
  const period = completable(
    z.string().max(8).optional().describe(Object.keys(PERIODS).join(", ")),
    (value: string | undefined) =>
      Object.keys(PERIODS).filter((name) => name.startsWith(value ?? "")),
  );
  for (const prompt of PROMPTS) {
    const { name, title, description, question } = prompt;
    server.registerPrompt(name, { title, description, argsSchema: { period } }, async (
      { period = "7d" }: { period?: string | undefined },
    ) => {
      const uri = `${SUMMARY_URI}?period=${Object.hasOwn(PERIODS, period) ? period : "7d"}`;
      const data = await context.read((db) => dataOf(db, uri, prompt, context));
      return {
        description,
        messages: [
          message({ type: "text" as const, text: `${question}\n\n${COMMON}` }),
          message({
            type: "resource" as const,
            resource: { uri, mimeType: "application/json", text: JSON.stringify(data) },
          }),
        ],
      };
    });
  }
}

function dataOf(db: Database, uri: string, { types }: Prompt, context: McpContext) {
  const { insights } = reportInsights(db, { servers: context.toolServers(), limit: 0 });
  return {
    ...documentOf(uri, { db, own: undefined, now: context.clock.now() }),
    findings: insights.filter(({ type }) => types.includes(type)).slice(0, FINDINGS)
      .map(findingOf),
  };
}

function message<Content>(content: Content) {
  return { role: "user" as const, content };
}
