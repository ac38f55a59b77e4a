/**
 * Says which rules of a machine's administrator win over what `install` writes.
 *
 * @module
 */

import type { ManagedRule } from "../../capture/managed_rule.ts";
import type { Platform } from "../../capture/platform.ts";
import { PLATFORMS } from "../../capture/registry.ts";
import type { Finding } from "../../core/finding.ts";
import type { Workspace } from "../workspace.ts";

const PARTS: Readonly<Record<ManagedRule["part"], string>> = {
  hooks: "hooks of yours",
  status_line: "status line of yours",
  tools: "server of tools of yours",
};

/** What is to be said of all platforms. */
export function checkManaged({ environment }: Workspace): Finding[] {
  return PLATFORMS.flatMap((platform) =>
    managedFindings(platform, platform.managedRules?.(environment) ?? [])
  );
}

/** One for each part that a rule keeps from working. */
export function managedFindings(
  { id, label }: Pick<Platform, "id" | "label">,
  rules: readonly ManagedRule[],
): Finding[] {
  return [...Map.groupBy(rules, ({ part }) => part)].map(([part, found]) => ({
    id: `managed.${part}.${id}`,
    severity: "note",
    title: `${label}: the administrator's settings allow no ${PARTS[part]}`,
    numbers: { rules: found.length },
    remedy: "They win over what install writes: ask whoever looks after this machine",
    details: found.map(({ by, path }) => `${path}: ${by}`),
  }));
}
