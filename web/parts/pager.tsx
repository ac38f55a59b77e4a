/**
 * Goes through a long list page by page; where one is stands in the address.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { formatCount } from "../../core/format.ts";
import { hrefOf, type PageRequest } from "../page.ts";
import { Empty } from "./note.tsx";

/** Where one is. */
export interface PagerProps {
  readonly request: Pick<PageRequest, "url">;
  /** What is gone through, for a screen reader: `Sessions`. */
  readonly label: string;
  /** The query parameter that holds how many are passed over. */
  readonly parameter: string;
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
  /** Where on the page the list stands. */
  readonly anchor?: string;
  /** The part of the list that stands there. */
  readonly children: Child;
}

/** The part and the way to the others, if there are any; behind the end, the way back alone. */
export function Pager(props: PagerProps) {
  const { request, label, parameter, offset, limit, total, anchor, children } = props;
  if (total === 0 || total <= limit && offset === 0) return <>{children}</>;
  const to = (place: number) =>
    hrefOf(request, { [parameter]: place <= 0 ? null : String(place) }) +
    (anchor === undefined ? "" : `#${anchor}`);
  const last = Math.max(0, Math.ceil(total / limit) - 1) * limit;
  if (offset >= total) {
    return (
      <Empty>
        {`No ${label.toLowerCase()} so far down: ${formatCount(total)} in all. `}
        <a href={to(last)}>Go to the last page</a>
      </Empty>
    );
  }
  return (
    <>
      {children}
      <nav class="pager" aria-label={`${label}: pages`}>
        <Step name="First" sign="«" href={to(0)} isOpen={offset > 0} />
        <Step name="Previous" sign="‹" href={to(offset - limit)} isOpen={offset > 0} />
        <span>
          {formatCount(offset + 1)}–{formatCount(Math.min(total, offset + limit))} of{" "}
          {formatCount(total)}
        </span>
        <Step name="Next" sign="›" href={to(offset + limit)} isOpen={offset + limit < total} />
        <Step name="Last" sign="»" href={to(last)} isOpen={offset + limit < total} />
      </nav>
    </>
  );
}

function Step(
  { name, sign, href, isOpen }: { name: string; sign: string; href: string; isOpen: boolean },
) {
  const text = (
    <>
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{name}</span>
    </>
  );
  return isOpen ? <a href={href}>{text}</a> : <span class="off" aria-hidden="true">{sign}</span>;
}
