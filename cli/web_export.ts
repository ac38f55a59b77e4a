/**
 * Exports for the web face: the command makes them in a process of its own, so that the server
 * goes on answering meanwhile.
 *
 * @module
 */

import { resolve } from "node:path";
import { NotReadyError, RequestError } from "../web/problem.ts";
import type { ExportedFile, ExportRequest } from "../web/web_context.ts";
import { runOwnCommand } from "./own_command.ts";
import type { Workspace } from "./workspace.ts";
import { removeIfThere } from "../core/if_there.ts";

/** Makes one export at a time. */
export function webExports(
  workspace: Pick<Workspace, "home" | "io">,
): (request: ExportRequest) => Promise<ExportedFile> {
  let isBusy = false;
  return async (request) => {
    if (isBusy) throw new NotReadyError("Cannot export: another export is being made");
    isBusy = true;
    try {
      return await make(workspace, request);
    } finally {
      isBusy = false;
    }
  };
}

async function make(
  { home, io }: Pick<Workspace, "home" | "io">,
  request: ExportRequest,
): Promise<ExportedFile> {
  Deno.mkdirSync(home.temporary, { recursive: true, mode: 0o700 });
  const path = resolve(home.temporary, `export-${crypto.randomUUID()}`);
  const { code, stderr } = await runOwnCommand(
    io,
    exportWords(request, resolve(home.path), path),
  );
  if (code === 0) return await sent(path);
  removeIfThere(path);
  const [, told] = /^error: (Cannot .*)$/m.exec(stderr) ?? [];
  // Used wrongly: the command's own words, which hold nothing of a user's files.
  if (code === 2 && told !== undefined) throw new RequestError(told);
  throw new Error("Cannot export: the command failed");
}

/** The words of the command; each value stands with its option, so that it can be no other. */
export function exportWords(request: ExportRequest, home: string, path: string): string[] {
  const { what, format, anonymize, options } = request;
  return [
    "export",
    "--quiet",
    "--no-sync",
    `--home=${home}`,
    `--what=${what}`,
    `--format=${format}`,
    `--output=${path}`,
    ...(anonymize ? ["--anonymize"] : []),
    ...Object.entries(options).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}=${value}`]
    ),
  ];
}

/** The file goes with its last byte, or when nobody wants it any more. */
async function sent(path: string): Promise<ExportedFile> {
  const file = await Deno.open(path);
  const { size } = await file.stat();
  removeIfThere(path);
  return { bytes: size, body: file.readable };
}
