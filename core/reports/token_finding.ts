/**
 * How many responses tell their tokens: what tells none has no cost, and is in no sum.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import type { Finding } from "../finding.ts";
import { formatCount } from "../format.ts";

/** The finding; all is well without any response. */
export function tokenFinding(db: Database): Finding {
  const [messages, unkept] = prepareArrays(
    db,
    `select ifnull(sum(messages), 0), ifnull(sum(messages_without_tokens), 0)
     from model_sums m join sessions s on s.id = m.session where m.tier = 0 and s.counted = 1`,
  ).get() as unknown as [number, number];
  const [untold] = prepareArrays(
    db,
    `select count(*) from responses r join sessions s on s.id = r.session
     where s.counted = 1 and r.kept = 1 and r.stopped = 0
       and r.input + r.output + r.cache_read + r.cache_creation = 0`,
  ).get() as unknown as [number];
  const without = unkept + untold;
  const numbers = { messages, messages_without_tokens: without };
  if (without === 0) {
    return { id: "tokens", severity: "ok", title: "Every response tells its tokens", numbers };
  }
  return {
    id: "tokens",
    severity: "note",
    title: `${formatCount(without)} of ${formatCount(messages)} responses came without tokens, ` +
      "and so without cost",
    numbers,
    remedy: "Their assistant wrote none on this machine: no setting of ours brings them back",
  };
}
