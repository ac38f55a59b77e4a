/**
 * Examines where we are: whether there is another data folder, and whether this is a machine
 * within or behind another, on which the assistants may be.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import type { Workspace } from "../workspace.ts";

/** What is to be said of the surroundings. */
export function checkSurroundings(workspace: Workspace): Finding[] {
  return [homesFinding(workspace), machineFinding(workspace)];
}

function homesFinding({ home, environment }: Workspace): Finding {
  const usual = `${environment.home}/.blueplane`;
  const isOther = realPath(usual) !== realPath(home.path) && isFile(`${usual}/telemetry.db`);
  const numbers = { others: Number(isOther) };
  if (!isOther) {
    return { id: "homes", severity: "ok", title: "There is one data folder", numbers };
  }
  return {
    id: "homes",
    severity: "note",
    title: "There is another data folder, in the usual place; what is in it is not shown",
    numbers,
    remedy: "Unset BLUEPLANE_HOME and leave out --home to see that one",
    details: [usual],
  };
}

function machineFinding({ io }: Workspace): Finding {
  const isWithin = Boolean(io.env("WSL_DISTRO_NAME"));
  const isRemote = Boolean(io.env("SSH_CONNECTION"));
  const base = {
    id: "machine",
    numbers: { within_windows: Number(isWithin), remote: Number(isRemote) },
  };
  if (isWithin) {
    return {
      ...base,
      severity: "note",
      title: "This is a Linux within Windows; what assistants leave in Windows is not read here",
      remedy: "Run blueplane in Windows, too, or name the assistant's folder there: README, " +
        "Assistants, says how",
    };
  }
  if (isRemote) {
    return {
      ...base,
      severity: "note",
      title: "This machine is used from another one; an editor there leaves its files there",
      remedy: "Run blueplane there, too; README, Several machines, says how to see both in one",
    };
  }
  return { ...base, severity: "ok", title: "Assistants run on this machine itself" };
}

function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (error instanceof Error) return path;
    throw error;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
