/**
 * Examines hooks: whether assistants call us, with the set that is right for their version, and
 * what they left that nobody has read.
 *
 * @module
 */

import type { Platform } from "../../capture/platform.ts";
import { PLATFORMS } from "../../capture/registry.ts";
import { SPOOL_ID } from "../../capture/spool_source.ts";
import type { Finding } from "../../core/finding.ts";
import { formatCounted } from "../../core/format.ts";
import { hookTarget, openInstall, versionInUse } from "../installed_hooks.ts";
import { openSources } from "../open_sources.ts";
import type { Workspace } from "../workspace.ts";

/** What is found of hooks; of a platform that is not on this machine there is nothing. */
export async function checkHooks(workspace: Workspace): Promise<Finding[]> {
  const here = PLATFORMS.filter(({ hooks }) => hooks.files(workspace.environment).length > 0);
  const findings = here.map((platform) => installFinding(platform, workspace));
  return await Promise.all([...findings, spoolFinding(workspace)]);
}

async function installFinding(platform: Platform, workspace: Workspace): Promise<Finding> {
  const { id, label, aliases } = platform;
  const remedy = `blueplane install ${aliases.at(-1) ?? id}`;
  const install = openInstall(workspace, platform);
  if (!install.isInstalled) {
    return {
      id: `hooks.${id}`,
      severity: "note",
      title: `${label}: no hooks, so ${platform.hooks.gain}`,
      numbers: { installed: 0 },
      remedy,
    };
  }
  const version = await versionInUse(workspace, platform);
  const isRight = install.planUpdate(version, hookTarget(workspace)).length === 0;
  const of = version === undefined ? "that install writes" : `for version ${version}`;
  return {
    id: `hooks.${id}`,
    severity: isRight ? "ok" : "warning",
    title: isRight ? `${label}: hooks are installed` : `${label}: hooks are not those ${of}`,
    numbers: { installed: 1 },
    ...(isRight ? {} : { remedy }),
  };
}

async function spoolFinding(workspace: Workspace): Promise<Finding> {
  const sources = await openSources(workspace, { accept: async () => {} }, undefined);
  const { files = 0 } = sources.find(({ platform }) => platform === SPOOL_ID)?.inspect() ?? {};
  return {
    id: "spool",
    severity: files > 0 ? "note" : "ok",
    title: `${formatCounted(files, "event")} of hooks waiting`,
    numbers: { files_waiting: files },
    ...(files > 0 ? { remedy: "The next command, or the running server, reads them" } : {}),
  };
}
