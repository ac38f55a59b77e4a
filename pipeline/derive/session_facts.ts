/**
 * The facts of a session in the order of time, a stretch of bounded length at a time.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import { EVENT_TYPES } from "../../core/event.ts";
import type { CallSeen, FactWatcher, InputSeen, ResponseSeen } from "../../core/insight_rule.ts";
import { CODE_COUNTS, OUTCOMES } from "../../core/session_counts.ts";
import type { Words } from "../../core/words.ts";
import { KEPT } from "./response_fact.ts";
import { ownEnd } from "../../core/time_facts.ts";

/** So many facts are read at once, that a long session does not hold up others. */
const FACTS_MAX = 250;
/** Lines that something beside a call tells are its own where it tells none, as in the sums. */
const IS_NOTED = `${CODE_COUNTS.map((name) => `${name} = 0`).join(" and ")} and
  outcome = ${OUTCOMES.indexOf("ok")}`;
const LINES = ["added", "removed"].map((what) =>
  `iif(${IS_NOTED}, ifnull(noted_${what}, 0), lines_${what})`
).join(", ");

/** Shows a fact to whoever watches. */
type Show = (watcher: FactWatcher) => void;

/** A part of a session. */
export interface Stretch {
  /** In the order of time; those of one moment in an order that hangs on nothing else. */
  readonly facts: readonly Show[];
  /** The moment at which the next stretch begins; undefined when this was the last. */
  readonly end: number | undefined;
}

/** Facts of one moment: what was typed stands before what came of it. */
type Dated = readonly [at: number, kind: number, key: number, show: Show];
type Numbers = readonly number[];

/** Reads the three tables of facts as one. */
export class SessionFacts {
  readonly #words: Words;
  readonly #moments: Statement;
  readonly #inputs: Statement;
  readonly #responses: Statement;
  readonly #calls: Statement;
  readonly #fork: Statement;

  constructor(db: Database, words: Words) {
    this.#words = words;
    const moments = (table: string, where: string) =>
      `select * from (select at from ${table} where session = ?1 and ${where} and at >= ?2
         order by at limit ${FACTS_MAX + 1})`;
    const sides = (table: string) => [moments(table, "side = 0"), moments(table, "side = 1")];
    const parts = [moments("inputs", "kind >= 0"), ...sides("responses"), ...sides("tool_calls")];
    this.#moments = prepareArrays(
      db,
      `select at from (${parts.join(" union all ")}) order by at limit ${FACTS_MAX + 1}`,
    );
    const within = "session = ?1 and at >= ?2 and at < ?3";
    this.#inputs = prepareArrays(
      db,
      `select key, at, kind, untimed, characters, words, tokens_before, tokens_after
       from inputs where ${within} and kind >= 0`,
    );
    this.#responses = prepareArrays(
      db,
      `select key, at, side, model, input, output, cache_read, cache_creation,
         cache_creation_1h, fast, kept from responses where ${within} and side in (0, 1)`,
    );
    this.#calls = prepareArrays(
      db,
      `select key, at, side, tool, outcome, error, ${
        ownEnd("tool_calls", "?1")
      }, duration_ms, file, extension,
         form, result_characters, asked, is_edit, ${LINES}, files_created,
         git_commits + git_pushes + pull_requests
       from tool_calls where ${within} and side in (0, 1) and called = 1 and tool is not null`,
    );
    const told = ["responses", "tool_calls", "inputs"].map((table, i) =>
      `exists (select 1 from shared_facts s join ${table} f on f.key = s.key
         where s.session = ?1 and s.kind = ${i + 1} and f.session <> ?1)`
    );
    this.#fork = prepareArrays(db, `select ${told.join(" or ")}`);
  }

  /** What happened from a moment on, up to a limit. */
  read(session: number, from: number): Stretch {
    const moments = this.#moments.all(session, from) as unknown as [number][];
    const [first] = moments[0] ?? [from], last = moments[FACTS_MAX]?.[0];
    // Where so much is of one moment, only all of it leads further.
    const end = last === first ? first + 1 : last;
    const range = [session, from, end ?? Number.MAX_SAFE_INTEGER] as const;
    const rows = (statement: Statement) => statement.all(...range) as unknown as Numbers[];
    const facts: Dated[] = [
      ...(rows(this.#inputs) as unknown as InputRow[]).map(datedInput),
      ...rows(this.#responses).map((row) => this.#response(row)),
      ...rows(this.#calls).map((row) => this.#call(row)),
    ];
    facts.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    return { facts: facts.map(([, , , show]) => show), end };
  }

  /** Whether a session tells what another one recorded first. */
  isFork(session: number): boolean {
    return (this.#fork.get(session) as unknown as [number])[0] === 1;
  }

  #response(row: Numbers): Dated {
    const [key, at, side, model, input, output, cacheRead, cacheCreation, ofHour, fast, kept] =
      row;
    const seen: ResponseSeen = {
      at: at!,
      side: side === 1,
      model: this.#words.text(model!),
      tokensKept: kept === KEPT.exact,
      input: input!,
      output: output!,
      cacheRead: cacheRead!,
      cacheCreation: cacheCreation!,
      cacheCreation1h: ofHour!,
      fast: fast === 1,
    };
    return [seen.at, 1, key!, (watcher) => watcher.response?.(seen)];
  }

  #call(row: readonly (number | null)[]): Dated {
    const word = (number: number | null | undefined) =>
      number === null || number === undefined ? null : this.#words.text(number);
    const [key, at, side, tool, outcome, error, resolvedAt, durationMs, file, extension] = row;
    const [form, resultCharacters, asked, isEdit, linesAdded, linesRemoved, created, commits] =
      row.slice(10);
    const seen: CallSeen = {
      at: at!,
      side: side === 1,
      tool: this.#words.text(tool!),
      isEdit: isEdit === 1,
      outcome: OUTCOMES[outcome ?? -1] ?? null,
      error: word(error),
      resolvedAt: resolvedAt ?? null,
      durationMs: durationMs ?? null,
      file: file ?? null,
      extension: word(extension),
      form: word(form),
      resultCharacters: resultCharacters ?? null,
      asked: asked === 1,
      linesAdded: linesAdded!,
      linesRemoved: linesRemoved!,
      created: created! > 0,
      commits: commits!,
    };
    return [seen.at, 2, key!, (watcher) => watcher.call?.(seen)];
  }
}

type InputRow = readonly [
  key: number,
  at: number,
  kind: number,
  untimed: number,
  characters: number | null,
  words: number | null,
  tokensBefore: number | null,
  tokensAfter: number | null,
];

function datedInput([key, at, kind, untimed, ...sizes]: InputRow): Dated {
  const [characters, words, tokensBefore, tokensAfter] = sizes;
  const seen: InputSeen = {
    at,
    timed: untimed === 0,
    type: EVENT_TYPES[kind]!,
    characters,
    words,
    tokensBefore,
    tokensAfter,
  };
  return [at, 0, key, (watcher) => watcher.input?.(seen)];
}
