/**
 * Prompts that a list or a hook tells beside the conversation they belong to: they count only
 * where the conversation itself tells of none, in whatever order both come.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import { EVENT_TYPES } from "../../core/event.ts";
import { type InputFact, UNCOUNTED } from "./input_fact.ts";

const PROMPT = EVENT_TYPES.indexOf("user_prompt");
/** What a person types: a hook is told of a command as of a prompt. */
const TYPED: ReadonlySet<number> = new Set(
  (["user_prompt", "queued_prompt", "slash_command", "bash_input"] as const).map((type) =>
    EVENT_TYPES.indexOf(type)
  ),
);

/** Knows which sessions tell themselves what was typed. */
export class LoosePrompts {
  readonly #loose: Statement;
  readonly #own: Statement;
  readonly #telling = new Set<number>();

  constructor(db: Database) {
    this.#loose = prepareArrays(db, "select key from inputs where session = ? and loose = 1");
    this.#own = prepareArrays(
      db,
      `select exists (select 1 from inputs
         where session = ? and kind in (${[...TYPED].join()}) and loose = 0)`,
    );
  }

  /** Notes an input of the batch. */
  note({ session, kind, loose }: InputFact): void {
    if (loose === 0 && TYPED.has(kind)) this.#telling.add(session);
  }

  /** The stored prompts that what was noted may make uncounted. */
  affected(): number[] {
    return [...this.#telling].flatMap((session) =>
      (this.#loose.all(session) as unknown as [number][]).map(([key]) => key)
    );
  }

  /** The input with the kind that it counts as now. */
  complete(fact: InputFact): InputFact {
    if (fact.loose === 0) return fact;
    fact.kind = this.#tellsOwn(fact.session) ? UNCOUNTED : PROMPT;
    return fact;
  }

  /** Forgets the batch. */
  reset(): void {
    this.#telling.clear();
  }

  #tellsOwn(session: number): boolean {
    if (this.#telling.has(session)) return true;
    return (this.#own.get(session) as unknown as [number])[0] === 1;
  }
}
