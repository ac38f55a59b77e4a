/**
 * What an examination of this installation found, with what to do about it.
 *
 * @module
 */

/** How grave a finding is, the gravest last. */
export const SEVERITIES = ["ok", "note", "warning", "error"] as const;

/** One of {@linkcode SEVERITIES}. */
export type Severity = typeof SEVERITIES[number];

/** One finding. */
export interface Finding {
  /** What was looked at, the same in every version. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence without full stop; nothing of a user's files is in it. */
  readonly title: string;
  /** What was measured, by snake_case name with its unit. */
  readonly numbers?: Readonly<Record<string, number | null>>;
  /** What to do. */
  readonly remedy?: string;
  /** For the eyes of this machine's user alone: may hold paths, and is in no JSON. */
  readonly details?: readonly string[];
}

/** Whether nothing is wrong enough to fail. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity !== "error");
}
