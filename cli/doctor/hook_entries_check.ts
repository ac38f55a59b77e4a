/**
 * Examines our entries in an assistant's settings: a program that is gone, an entry that is there
 * twice, a switch that is off; and who has the status line.
 *
 * @module
 */

import { type HookInspection, inspectHooks } from "../../capture/hook_inspection.ts";
import type { Platform } from "../../capture/platform.ts";
import { canRun, firstWord } from "../../capture/program_path.ts";
import { PLATFORMS } from "../../capture/registry.ts";
import type { Finding } from "../../core/finding.ts";
import { formatCounted } from "../../core/format.ts";
import { openStatusInstall } from "../installed_hooks.ts";
import type { Workspace } from "../workspace.ts";

/** What is found in the settings of platforms on this machine. */
export function checkHookEntries(workspace: Workspace): Finding[] {
  const { environment } = workspace;
  return PLATFORMS.filter(({ hooks }) => hooks.files(environment).length > 0)
    .flatMap((platform) => {
      const files = inspectHooks(platform, environment);
      return [
        ...(files.length > 0 ? [entriesFinding(platform, files)] : []),
        ...statusFinding(platform, workspace),
      ];
    });
}

function entriesFinding({ id, label, aliases }: Platform, files: readonly HookInspection[]) {
  const count = (of: (file: HookInspection) => number) =>
    files.reduce((sum, file) => sum + of(file), 0);
  const numbers = {
    entries: count(({ entries }) => entries),
    entries_doubled: count(({ doubled }) => doubled.length),
    programs_missing: count(({ missing }) => missing.length),
    files_switched_off: files.filter((file) => file.switchedOffBy).length,
  };
  const base = { id: `hooks.entries.${id}`, numbers, details: files.map(({ path }) => path) };
  const name = aliases.at(-1) ?? id;
  const warn = (title: string, remedy: string): Finding => ({
    ...base,
    severity: "warning",
    title: `${label}: ${title}`,
    remedy,
  });
  const anew = `blueplane uninstall ${name}, then blueplane install ${name}`;
  if (numbers.programs_missing > 0) {
    const details = files.flatMap(({ missing }) => missing);
    return { ...warn("hooks call a program that cannot be run", anew), details };
  }
  if (numbers.entries_doubled > 0) {
    return warn(`${formatCounted(numbers.entries_doubled, "event")} calls us twice`, anew);
  }
  const off = files.find(({ switchedOffBy }) => switchedOffBy)?.switchedOffBy;
  if (off !== undefined) {
    return warn("its settings switch all hooks off", `Take "${off}" out of its settings`);
  }
  const title = `${label}: ${formatCounted(numbers.entries, "hook")} of ours, each once`;
  return { ...base, severity: "ok", title } satisfies Finding;
}

function statusFinding(platform: Platform, workspace: Workspace): Finding[] {
  const install = openStatusInstall(workspace, platform);
  if (!install) return [];
  const { id, label, aliases } = platform;
  const base = { id: `status_line.${id}`, numbers: { installed: Number(install.isInstalled()) } };
  const command = `blueplane install ${aliases.at(-1) ?? id} --statusline`;
  if (install.isInstalled()) {
    const details = install.programs().map(firstWord).filter((program) => !canRun(program));
    const [title, remedy] = ["the status line calls a program that cannot be run", command];
    return details.length > 0
      ? [{ ...base, severity: "warning", title: `${label}: ${title}`, remedy, details }]
      : [{ ...base, severity: "ok", title: `${label}: our status line is installed` }];
  }
  const [title, remedy] = install.isOther()
    ? ["the status line is another program's", `${command} --force replaces it, if you like`]
    : ["no status line, so its limits cannot be seen", command];
  return [{ ...base, severity: "note", title: `${label}: ${title}`, remedy }];
}
