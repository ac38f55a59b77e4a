/**
 * Goes from one session to those beside it in the list that it was chosen from.
 *
 * @module
 */

import { formatCount } from "../../../core/format.ts";
import { readSessionNeighbours } from "../../../core/reports/session_neighbours.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { listParameters, readListQuery } from "../sessions/list_query.ts";

/** The links, and the way back; only this where the list does not hold the session. */
export function Neighbours({ request, number }: { request: PageRequest; number: number }) {
  const { context: { db } } = request, kept = listParameters(request);
  const beside = readSessionNeighbours(db, number, readListQuery(request));
  const to = (id: string) => hrefOf(request, kept, `/sessions/${encodeURIComponent(id)}`);
  return (
    <nav class="pager" aria-label="Sessions beside this one" data-section="neighbours">
      <a href={hrefOf(request, kept, "/sessions")}>All sessions</a>
      {beside === undefined ? null : (
        <>
          <Step id={beside.before} sign="‹" name="Previous" rel="prev" to={to} />
          <span>{formatCount(beside.place)} of {formatCount(beside.total)}</span>
          <Step id={beside.after} sign="›" name="Next" rel="next" to={to} />
        </>
      )}
    </nav>
  );
}

function Step(
  { id, sign, name, rel, to }: {
    id: string | null;
    sign: string;
    name: string;
    rel: string;
    to: (id: string) => string;
  },
) {
  const [before, behind] = rel === "prev" ? [`${sign} `, ""] : ["", ` ${sign}`];
  const text = (
    <>
      <span aria-hidden="true">{before}</span>
      {name}
      <span aria-hidden="true">{behind}</span>
    </>
  );
  return id === null
    ? <span class="off" aria-hidden="true">{text}</span>
    : <a href={to(id)} rel={rel}>{text}</a>;
}
