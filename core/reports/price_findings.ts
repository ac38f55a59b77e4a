/**
 * What is to be said of prices: how old the table is, and which models it does not know.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import type { Finding } from "../finding.ts";
import { formatCounted } from "../format.ts";

const OLD_DAYS = 180;
const DAY_MS = 86_400_000;
const SHOWN_MAX = 5;

/**
 * The findings.
 *
 * @param checked the day on which the table of prices was checked last, as `2026-11-24`
 */
export function priceFindings(db: Database, now: number, checked: string): Finding[] {
  return [ageFinding(now, checked), modelsFinding(db)];
}

function ageFinding(now: number, checked: string): Finding {
  const days = Math.max(0, Math.floor((now - Date.parse(checked)) / DAY_MS));
  const title = `The table of prices was checked on ${checked}`;
  const base = { id: "prices", title, numbers: { age_days: days } };
  if (days <= OLD_DAYS) return { ...base, severity: "ok" };
  const remedy = "A newer blueplane has newer prices; prices.json in the data folder adds yours";
  return { ...base, severity: "note", remedy };
}

/** Names of models are safe words: they may be said. */
function modelsFinding(db: Database): Finding {
  const rows = prepareArrays(
    db,
    `select w.text, sum(m.messages) from model_sums m join words w on w.id = m.member
     where m.tier = 0 and m.bucket = 0
       and m.input + m.output + m.cache_read + m.cache_creation > 0
     group by 1 having sum(m.priced_tokens) = 0 order by 2 desc, 1`,
  ).all() as unknown as [string, number][];
  const numbers = {
    models_without_price: rows.length,
    messages_without_price: rows.reduce((sum, [, messages]) => sum + messages, 0),
  };
  if (rows.length === 0) {
    const title = "Every model that was used has a price";
    return { id: "models", severity: "ok", title, numbers };
  }
  const names = rows.slice(0, SHOWN_MAX).map(([name]) => name).join(", ");
  const more = rows.length > SHOWN_MAX ? " and others" : "";
  return {
    id: "models",
    severity: "note",
    title: `${formatCounted(rows.length, "model")} without a price: ${names}${more}`,
    numbers,
    remedy: "What they cost is in no sum; prices.json in the data folder can give them a price",
  };
}
