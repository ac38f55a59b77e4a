/**
 * Examines the service that the system starts at login, if there is one: whether it starts this
 * program, and whether what it starts is still there.
 *
 * @module
 */

import { canRun } from "../../capture/program_path.ts";
import type { Finding } from "../../core/finding.ts";
import { serveWords } from "../commands/start.ts";
import { ownService, readOwn } from "../service/own_service.ts";
import type { Workspace } from "../workspace.ts";

const REMEDY = "blueplane service install writes it anew";
/** Where each kind of file names its program first. */
const PROGRAM =
  /^ExecStart="((?:[^"\\]|\\.)*)"|<array>\s*<string>([^<]*)<|<Command>"?([^<"]*)"?</m;

/** What is to be said of it; nothing where none is installed. */
export function checkService(workspace: Workspace): Finding[] {
  const wanted = ownService(workspace, serveWords(workspace, { capture: true, web: true }));
  const text = readOwn(wanted.path, "examine");
  if (text === undefined) return [];
  const [, ...found] = PROGRAM.exec(text) ?? [];
  const program = found.find((one) => one !== undefined) ?? "";
  const isThere = program !== "" && canRun(program);
  const isOurs = text === wanted.text;
  const name = `The service of ${wanted.manager}`;
  const base = {
    id: "service",
    numbers: { program_missing: Number(!isThere), other: Number(!isOurs) },
  };
  if (!isThere) {
    const title = `${name} starts a program that cannot be run`;
    return [{ ...base, severity: "warning", title, remedy: REMEDY, details: [program] }];
  }
  if (!isOurs) {
    const title = `${name} starts another program than this, or with other folders`;
    return [{ ...base, severity: "note", title, remedy: REMEDY, details: [program] }];
  }
  return [{ ...base, severity: "ok", title: `${name} starts this program at login` }];
}
