/**
 * What the audit of privacy found last.
 *
 * @module
 */

import { formatAgo, formatBytes, formatCount } from "../../../core/format.ts";
import { Note } from "../../parts/note.tsx";
import { Table } from "../../parts/table.tsx";
import type { Audited } from "../../web_context.ts";

/** The result, with every finding; that nobody looked yet, where nobody did. */
export function LastAudit({ audited, now }: { audited: Audited | undefined; now: number }) {
  if (audited === undefined) {
    return <Note>No audit has been run since this server started.</Note>;
  }
  const { at, clean, findings, places, bytes, events, ownWords } = audited;
  return (
    <div class={clean ? "ok" : "error"}>
      <p>
        <span class="severity">
          <span aria-hidden="true">{clean ? "✓" : "✕"}</span>{" "}
          {clean ? "Nothing private was found" : "Something was found that must not be there"}
        </span>
        , {formatAgo(at, now)}: in {formatBytes(bytes)} of {formatCount(places)} places and{" "}
        {formatCount(events)} events, for {formatCount(ownWords)}{" "}
        pieces of your own words, paths, addresses and keys.
      </p>
      {clean ? null : (
        <Table
          caption="What was found"
          columns={[{ title: "Where" }, { title: "What" }, { title: "Times", isNumber: true }]}
          rows={findings.map(({ place, kind, count }) => [
            <code>{place}</code>,
            kind.replaceAll("_", " "),
            formatCount(count),
          ])}
        />
      )}
    </div>
  );
}
