/**
 * Asks the running server for the document of a report, which it has at hand: it needs to open no
 * database, and its code is warm.
 *
 * @module
 */

import { randomBytes } from "node:crypto";
import { homeAt, readKey } from "../core/home.ts";
import type { Period } from "../core/reports/period.ts";
import { answerProof, answersAlike } from "./answer_note.ts";
import type { PeriodOptions } from "./chosen_period.ts";
import type { Globals } from "./cli.ts";
import { getHere } from "./get_here.ts";
import { homePathOf } from "./home_path.ts";
import type { Io } from "./io.ts";
import { RIGHTS } from "./rights.ts";
import { readServerNote, tokenHeader } from "./server_file.ts";
import type { FilterOptions } from "./with_report.ts";

/** Parameters of a route by their names. */
export type Question = Readonly<Record<string, string | number | undefined>>;

const PROOF = "blueplane-proof";
const CHALLENGE_BYTES = 16;

/**
 * The document of a route; all rights are given up with it, as nothing else is to be asked.
 *
 * @param isEnough whether all that is shown can be made of it; by default it can
 * @returns undefined where no server answers as this process would: the database does
 */
export async function askServer<Document>(
  io: Io,
  globals: Globals,
  { platform, model, project, session }: FilterOptions,
  { path, question, isEnough = () => true }: {
    readonly path: string;
    readonly question: Question;
    readonly isEnough?: (document: Document) => boolean;
  },
): Promise<Document | undefined> {
  // What these are called is looked for when it is asked for.
  if (!globals.sync || project !== undefined || session !== undefined) return undefined;
  const told = Object.entries({ platform, model, ...question })
    .filter(([, value]) => value !== undefined);
  // A route takes what is empty for what was not said.
  if (told.some(([, value]) => value === "")) return undefined;
  const homePath = homePathOf(io, globals.home);
  const home = homePath === undefined ? undefined : homeAt(homePath);
  const note = home && readServerNote(home);
  const key = note?.answers && readKey(home!, false);
  if (!note?.answers || !key || !answersAlike(io, key, note.answers)) return undefined;
  const query = new URLSearchParams(told.map(([name, value]) => [name, String(value)]));
  const challenge = randomBytes(CHALLENGE_BYTES).toString("hex");
  const headers = { ...tokenHeader(note), "Blueplane-Challenge": challenge };
  const answer = await getHere(note.url, `${path}?${query}`, headers);
  const isItsOwn = answer?.headers.get(PROOF) === answerProof(key, note.pid, challenge);
  const document = answer?.status === 200 && isItsOwn ? answer.json : undefined;
  if (document === undefined || !isEnough(document as Document)) return undefined;
  io.giveUp(RIGHTS);
  return document as Document;
}

/** The parameters that name a period; days begin for the server when they do here. */
export function periodQuestion({ period: name, since, until }: PeriodOptions, period: Period) {
  if (since === undefined && until === undefined) return { period: name };
  const momentOf = (at: number) => new Date(at).toISOString();
  return {
    since: period.from === undefined ? undefined : momentOf(period.from),
    until: until === undefined ? undefined : momentOf(period.to),
  };
}
