/**
 * `GET /api/v1/export`: a file for other programs, as the command makes it. Names of projects are
 * in none.
 *
 * @module
 */

import * as z from "zod";
import { EXPORT_FORMATS, type ExportFormat, EXPORTS } from "../../core/exported.ts";
import { PERIODS } from "../../core/reports/period.ts";
import { FILTER, filterOf, PERIOD, word } from "./parameters.ts";
import { defineRoute } from "./route.ts";

const TYPES: Readonly<Record<ExportFormat, readonly [type: string, suffix: string]>> = {
  json: ["application/json", "json"],
  jsonl: ["application/jsonl", "jsonl"],
  csv: ["text/csv; charset=utf-8; header=present", "csv"],
  markdown: ["text/markdown; charset=utf-8", "md"],
  parquet: ["application/vnd.apache.parquet", "parquet"],
};

/** The answer is a file to be kept. */
export const EXPORT_ROUTE = defineRoute({
  path: "/api/v1/export",
  id: "export",
  summary: "Sessions, days, turns or events as a file for other programs",
  query: {
    ...FILTER,
    ...PERIOD,
    period: word(
      Object.keys(PERIODS) as [string, ...string[]],
      "A period up to now; all if none",
    ),
    what: z.enum(EXPORTS).default("sessions").describe("What each row is of"),
    format: z.enum(EXPORT_FORMATS).default("json").describe("How it is written"),
    anonymize: word(["true", "false"], "Makes every row the same as those of other sessions"),
  },
  answer: "application/octet-stream",
  handle: async ({ what, format, anonymize, ...given }, { context, now }) => {
    const { platform } = filterOf(given, context);
    const { project, session, model, period, since, until } = given;
    const { bytes, body } = await context.exportFile({
      what,
      format,
      anonymize: anonymize === "true",
      options: { platform, project, session, model, period, since, until },
    });
    const [type, suffix] = TYPES[format];
    const name = `blueplane-${what}-${new Date(now).toISOString().slice(0, 10)}.${suffix}`;
    return new Response(body, {
      headers: {
        "Content-Type": type,
        "Content-Length": String(bytes),
        "Content-Disposition": `attachment; filename="${name}"`,
      },
    });
  },
});
