/**
 * Examines whether a client exports to where our server listens. It needs no token, also where
 * `web.token` is on: who only brings something is not asked for it.
 *
 * @module
 */

import { PLATFORMS } from "../../capture/registry.ts";
import type { Finding } from "../../core/finding.ts";
import { openExportInstall, serverOrigin } from "../installed_hooks.ts";
import { findServer } from "../server_file.ts";
import type { Workspace } from "../workspace.ts";

/** What is found of clients that are told to export to us; nothing of those that are not. */
export async function checkExport(workspace: Workspace): Promise<Finding[]> {
  const { host, port } = workspace.config, settled = serverOrigin(host, port);
  const url = (await findServer(workspace.home))?.url || settled;
  return PLATFORMS.flatMap((platform): Finding[] => {
    const install = openExportInstall(workspace, platform);
    if (!install?.isInstalled()) return [];
    const { id, label, aliases } = platform;
    const base = { id: `export.${id}`, numbers: { port } };
    const goesTo = (origin: string) => install.planInstall(origin).length === 0;
    if (goesTo(url)) {
      return [{ ...base, severity: "ok", title: `${label}: its export goes to our server` }];
    }
    const again = `blueplane install ${aliases.at(-1) ?? id} --otel`;
    const listens = new URL(url).port;
    return [{
      ...base,
      severity: "warning",
      title: `${label}: its export goes to another address than our server's`,
      remedy: goesTo(settled) ? `blueplane config set web.port ${listens}, then ${again}` : again,
    }];
  });
}
