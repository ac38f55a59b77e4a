/**
 * The bar above a page that narrows it down: periods as links, the rest as a form. Its state is
 * the address.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { readFilterChoices } from "../../core/reports/filter_choices.ts";
import { projectNames } from "../../core/reports/project_names.ts";
import { PERIODS } from "../../core/reports/period.ts";
import { dayName, dayNumber } from "../charts/calendar_map.tsx";
import { hrefOf, type PageRequest } from "../page.ts";
import type { FilterName } from "../page_address.ts";
import { AddressForm } from "./address_form.tsx";
import { Tabs } from "./tabs.tsx";

/** The bar of the filters that a page has; nothing where it has none. */
export function FilterBar(
  { request, filters }: { request: PageRequest; filters: readonly FilterName[] },
) {
  if (filters.length === 0) return null;
  const choices = filters.filter((name) => name !== "period");
  return (
    <div class="filters">
      {filters.includes("period") ? <Periods request={request} /> : null}
      {choices.length === 0 ? null : <Choices request={request} filters={choices} />}
    </div>
  );
}

function Periods({ request }: { request: PageRequest }) {
  const items = Object.keys(PERIODS).map((name) => ({
    name,
    href: hrefOf(request, { period: name, since: null, until: null, offset: null }),
    isCurrent: name === request.periodName,
  }));
  return (
    <>
      <Tabs label="Period" items={items} />
      {request.periodName === undefined ? <Between request={request} /> : null}
    </>
  );
}

/** The two moments that the user named, and the way back. */
function Between({ request }: { request: PageRequest }) {
  const since = request.url.searchParams.get("since");
  const until = request.url.searchParams.get("until");
  const day = chosenDay(request);
  const text = day !== undefined
    ? `on ${day}`
    : [since && `from ${since}`, until && `before ${until}`].filter(Boolean).join(" ");
  return (
    <a class="chip" href={hrefOf(request, { since: null, until: null, offset: null })}>
      {text} <span aria-hidden="true">×</span>
      <span class="unseen">: show the usual period again</span>
    </a>
  );
}

/** The day that a page is narrowed down to, as `2026-03-01`; undefined where it is none. */
export function chosenDay({ url }: Pick<PageRequest, "url">): string | undefined {
  const since = url.searchParams.get("since") ?? "", until = url.searchParams.get("until") ?? "";
  const isDay = /^\d{4}-\d\d-\d\d$/.test(since) && until === dayName(dayNumber(since) + 1);
  return isDay ? since : undefined;
}

function Choices(
  { request, filters }: { request: PageRequest; filters: readonly FilterName[] },
) {
  const { context, url } = request;
  const labels = context.labels();
  const known = readFilterChoices(context.db);
  const options: Readonly<Record<string, readonly string[]>> = {
    platform: known.platforms,
    project: projectNames(known.projects, labels),
    model: known.models,
  };
  const isNarrowed = filters.some((name) => url.searchParams.get(name));
  const none = Object.fromEntries(filters.map((name) => [name, null]));
  return (
    <AddressForm
      request={request}
      isOwn={(name) => name === "offset" || filters.includes(name as FilterName)}
      section="filters"
    >
      {filters.map((name) => (
        <Choice
          name={name}
          options={options[name] ?? []}
          value={url.searchParams.get(name)}
          textOf={name === "platform" ? context.platformName : shortHash}
        />
      ))}
      <button type="submit">Show</button>
      {isNarrowed ? <a href={hrefOf(request, { ...none, offset: null })}>Show all</a> : null}
    </AddressForm>
  );
}

function Choice(
  { name, options, value, textOf }: {
    name: string;
    options: readonly string[];
    value: string | null;
    textOf: (option: string) => string;
  },
): Child {
  // What was asked stays chosen, also where it is no longer among what there is.
  const all = value && !options.includes(value) ? [value, ...options] : options;
  return (
    <label>
      <span>{name[0]!.toUpperCase() + name.slice(1)}</span>
      <select name={name}>
        <option value="">all</option>
        {all.map((option) => (
          <option value={option} selected={option === value}>{textOf(option)}</option>
        ))}
      </select>
    </label>
  );
}

/** A project whose name is not known is told by the begin of its hash. */
function shortHash(option: string): string {
  return /^[0-9a-f]{16,}$/.test(option) ? option.slice(0, 8) : option;
}
