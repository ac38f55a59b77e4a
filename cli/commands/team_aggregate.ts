/**
 * `blueplane team aggregate`: what the anonymous exports of a team come to together.
 *
 * @module
 */

import { formatBytes } from "../../core/format.ts";
import { printable } from "../../core/printable.ts";
import { TEAM_SCHEMA, type TeamAggregate } from "../../core/team_aggregate.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { OutputFile } from "../exports/output_file.ts";
import type { Io } from "../io.ts";
import { ProgressBar } from "../progress.ts";
import { aggregateFiles } from "../team/aggregate_files.ts";
import { filesText, teamMarkdown } from "../team/team_text.ts";
import { VERSION } from "../version.ts";
import { printJson } from "../with_report.ts";

/** Options of the command. */
export interface TeamAggregateOptions {
  readonly format?: "json" | "markdown";
  readonly output?: string;
  readonly minMembers: number;
  readonly force?: true;
}

/** Of one member alone every number would be theirs. */
const MEMBERS_LEAST = 2;

/** Runs the command; 1 when some files could not be taken. */
export async function runTeamAggregate(
  io: Io,
  globals: Globals,
  options: TeamAggregateOptions,
  paths: readonly string[],
): Promise<number> {
  const path = options.output === "-" ? undefined : options.output;
  const format = options.format ?? (/\.(md|markdown)$/i.test(path ?? "") ? "markdown" : "json");
  if (options.minMembers < MEMBERS_LEAST) {
    throw new UsageError(`Cannot aggregate: --min-members must be ${MEMBERS_LEAST} or more`);
  }
  if (globals.json && path === undefined && format !== "json") {
    throw new UsageError("Cannot print Markdown: --json asks for JSON");
  }
  const file = path === undefined
    ? undefined
    : new OutputFile(path, options.force === true, "aggregate");
  using _ = file;
  const document = await aggregated(io, paths, options.minMembers);
  const text = format === "json"
    ? `${JSON.stringify(document, null, 1)}\n`
    : teamMarkdown(document);
  const { files } = document;
  if (file === undefined) io.stdout.write(text);
  else {
    await file.write([text]);
    const bytes = file.finish();
    if (globals.json) printJson(io, summaryOf(document, format, bytes));
    else if (!globals.quiet) io.stdout.write(`${filesText(files)}; ${formatBytes(bytes)}\n`);
  }
  return files.refused.length > 0 ? 1 : 0;
}

function summaryOf(
  { min_members, files, parts }: TeamAggregate,
  format: string,
  bytes: number,
): object {
  const members = parts.map(({ what, members }) => ({ what, members }));
  return {
    schema: "blueplane.team_summary/1",
    format,
    bytes,
    min_members,
    files,
    parts: members,
  };
}

/** A file is named to its user as they named it; the document has but its place. */
async function aggregated(
  io: Io,
  paths: readonly string[],
  membersMin: number,
): Promise<TeamAggregate> {
  const { parts, scope, refused, ...files } = await readAll(io, paths, membersMin);
  for (const { place, reason } of refused) {
    io.stderr.write(`warning: Cannot take ${printable(paths[place]!)}: ${reason}\n`);
  }
  return {
    schema: TEAM_SCHEMA,
    version: VERSION,
    made_on: new Date(io.clock.now()).toISOString().slice(0, "2026-11-26".length),
    min_members: membersMin,
    filters: scope,
    files: {
      given: paths.length,
      ...files,
      refused: refused.map(({ place, reason }) => ({ file: place + 1, reason })),
    },
    parts,
  };
}

async function readAll(io: Io, paths: readonly string[], membersMin: number) {
  using bar = new ProgressBar(io);
  return await aggregateFiles(paths, membersMin, (done, all) => {
    bar.updateParts("reading exports", done, all, "files");
  });
}
