/**
 * The sessions: filtered, sorted, page by page. All of that stands in the address.
 *
 * @module
 */

import { formatCount } from "../../core/format.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import { hrefOf, type Page, type PageRequest } from "../page.ts";
import { AddressForm } from "../parts/address_form.tsx";
import { Pager } from "../parts/pager.tsx";
import { Section } from "../parts/section.tsx";
import {
  LIST_CHOICES,
  LIST_TAKES,
  listParameters,
  type ListQuery,
  MIN_ACCEPTANCES,
  readListQuery,
} from "./sessions/list_query.ts";
import { OFFSET } from "../api/parameters.ts";
import { SessionRows } from "./sessions/session_rows.tsx";
import { SESSION_SORTS } from "../../core/reports/report_choices.ts";

/** The page. */
export const sessionsPage: Page = {
  path: "/sessions",
  title: "Sessions",
  isInNavigation: true,
  filters: ["period", "platform", "project", "model"],
  usualPeriod: "all",
  choices: LIST_CHOICES,
  takes: { ...LIST_TAKES, offset: OFFSET },
  render: (request) => <Sessions request={request} />,
};

const FILES = "Sessions that began in the period";
const SORT_NAMES: Readonly<Record<typeof SESSION_SORTS[number], string>> = {
  recent: "last moment",
  started: "beginning",
  duration: "length",
  cost: "cost",
  tokens: "output tokens",
  prompts: "prompts",
  tools: "tool calls",
  failed: "failed calls",
  rejected: "refused calls",
  lines: "lines added",
  acceptance: "accepted edits",
  project: "project",
};

function Sessions({ request }: { request: PageRequest }) {
  const query = readListQuery(request);
  const { sessions, total } = reportSessions(request.context.db, query);
  return (
    <>
      <Narrower request={request} query={query} />
      <Section
        id="sessions"
        title={`${formatCount(total)} ${total === 1 ? "session" : "sessions"}`}
        aside={<Exports request={request} />}
      >
        <Pager
          request={request}
          label="Sessions"
          parameter="offset"
          offset={query.offset}
          limit={query.limit}
          total={total}
        >
          <SessionRows request={request} query={query} sessions={sessions} />
        </Pager>
      </Section>
    </>
  );
}

/** What only lists of sessions can be narrowed down by. */
function Narrower({ request, query }: { request: PageRequest; query: ListQuery }) {
  const asked = request.url.searchParams;
  const own = new Set([...Object.keys(listParameters(request)), "offset"]);
  const none = { id: null, min_acceptance: null, offset: null };
  return (
    <div class="filters">
      <AddressForm request={request} isOwn={(name) => own.has(name)}>
        <label>
          <span>Id begins</span>
          <input
            type="search"
            name="id"
            value={asked.get("id") ?? ""}
            maxlength={64}
            size={10}
            spellcheck={false}
          />
        </label>
        <label>
          <span>Accepted at least</span>
          <select name="min_acceptance">
            <option value="">any</option>
            {MIN_ACCEPTANCES.map((share) => (
              <option value={share} selected={share === asked.get("min_acceptance")}>
                {`${Number(share) * 100} %`}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Sort by</span>
          <select name="sort">
            {SESSION_SORTS.map((sort) => (
              <option value={sort} selected={sort === query.sort}>{SORT_NAMES[sort]}</option>
            ))}
          </select>
        </label>
        <button type="submit">Show</button>
        {asked.get("id") || asked.get("min_acceptance")
          ? <a href={hrefOf(request, none)}>Show all</a>
          : null}
      </AddressForm>
    </div>
  );
}

/** The same choice for other programs; files hold what can be asked of the command. */
function Exports({ request }: { request: PageRequest }) {
  const asked = request.url.searchParams;
  const kept = listParameters(request);
  const isNarrowed = asked.get("min_acceptance") || asked.get("id");
  const period = { period: request.periodName ?? null };
  const json = hrefOf(request, { ...period, ...kept, limit: "1000" }, "/api/v1/sessions");
  const file = (format: string) =>
    hrefOf(request, { ...period, what: "sessions", format }, "/api/v1/export");
  return (
    <span class="quiet">
      {"Export: "}
      <a href={json}>JSON</a>
      {isNarrowed ? null : (
        <>
          {", "}
          <a href={file("csv")} download title={FILES}>CSV</a>
          {", "}
          <a href={file("parquet")} download title={FILES}>Parquet</a>
        </>
      )}
    </span>
  );
}
