/**
 * On whose account a response goes, and how hard the model was asked to think: as a transcript
 * tells it, and where it does not, as an export of the request does.
 *
 * @module
 */

/** What is told, as words; the order is that of the bits that are stored. */
export const ACCOUNTS = ["agent_type", "skill", "server", "effort"] as const;

/** Numbers stand for words; null where it is not told. */
export type Account = Record<typeof ACCOUNTS[number], number | null>;

/** An account, and which parts of it only an export tells. */
export interface ToldAccount extends Account {
  /** 1, 2, 4, 8 for each of {@linkcode ACCOUNTS}. */
  exported: number;
}

/** What transcripts tell of it: all that two tellings may be merged by. */
export function ownAccount(told: ToldAccount): Account {
  const own = (place: number) =>
    (told.exported & 1 << place) === 0 ? told[ACCOUNTS[place]!] : null;
  return { agent_type: own(0), skill: own(1), server: own(2), effort: own(3) };
}

/** The account with what an export knows beyond the transcripts, whatever was filled in before. */
export function fillAccount(told: ToldAccount, exported: Account | undefined): ToldAccount {
  const filled: ToldAccount = { ...ownAccount(told), exported: 0 };
  ACCOUNTS.forEach((name, place) => {
    if (filled[name] !== null || exported === undefined || exported[name] === null) return;
    filled[name] = exported[name];
    filled.exported |= 1 << place;
  });
  return filled;
}
