/**
 * Examines whether a client exports to where our server listens. It needs no token, also where
 * `web.token` is on: who only brings something is not asked for it.
 *
 * @module
 */

import { PLATFORMS } from "../../capture/registry.ts";
import type { Finding } from "../../core/finding.ts";
import { openExportInstall, serverOrigin } from "../installed_hooks.ts";
import type { Workspace } from "../workspace.ts";

/** What is found of clients that are told to export to us; nothing of those that are not. */
export function checkExport(workspace: Workspace): Finding[] {
  const { host, port } = workspace.config;
  return PLATFORMS.flatMap((platform): Finding[] => {
    const install = openExportInstall(workspace, platform);
    if (!install?.isInstalled()) return [];
    const { id, label, aliases } = platform;
    const base = { id: `export.${id}`, numbers: { port } };
    const elsewhere = install.planInstall(serverOrigin(host, port)).length > 0;
    return [
      elsewhere
        ? {
          ...base,
          severity: "warning",
          title: `${label}: its export goes to another address than our server's`,
          remedy: `blueplane install ${aliases.at(-1) ?? id} --otel`,
        }
        : { ...base, severity: "ok", title: `${label}: its export goes to our server` },
    ];
  });
}
