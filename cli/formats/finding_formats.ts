/**
 * What `doctor` found as CSV and as Markdown.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import { csvText } from "./csv.ts";
import { markdownTable } from "./markdown.ts";

const NAMES = ["id", "severity", "title", "remedy"];

/** A row for each; paths, which are for a person's eyes alone, are left out. */
export function findingsCsv(findings: readonly Finding[]): string {
  return csvText(
    NAMES,
    findings.map(({ id, severity, title, remedy = null }) => [id, severity, title, remedy]),
  );
}

/** The same as a table. */
export function findingsMarkdown(findings: readonly Finding[]): string {
  return markdownTable(
    NAMES.slice(1).map((title) => ({ title })),
    findings.map(({ severity, title, remedy = "" }) => [severity, title, remedy]),
  );
}
