/**
 * Runs a check of `doctor` so that whatever breaks it is a finding, and never the end.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";

/** The findings of a check, or the one that it could not be made. */
export async function guard(
  id: string,
  check: () => readonly Finding[] | Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [failedFinding(id, error)];
  }
}

/** An error as a finding; only our own messages are known to hold no path. */
export function failedFinding(id: string, error: Error, remedy?: string): Finding {
  const isOurs = error.message.startsWith("Cannot ");
  return {
    id,
    severity: "error",
    title: isOurs ? error.message.split("\n")[0]! : `Cannot check this: ${error.name}`,
    ...(remedy === undefined ? {} : { remedy }),
    ...(isOurs ? {} : { details: [error.message] }),
  };
}
