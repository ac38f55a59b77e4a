/**
 * What could not be handled, why, and what can be done about it.
 *
 * @module
 */

import { formatAgo, formatCount } from "../../../core/format.ts";
import type { DeadLettersReport } from "../../../core/reports/dead_letters_report.ts";
import { Command } from "../../parts/command.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";
import { WriteButton } from "../../parts/write_button.tsx";

const REPLAY = "/api/v1/dlq/replay", DROP = "/api/v1/dlq/drop";
const ASKED = "What a dead letter holds is gone with it. Drop";

/** The letters with their buttons, and the commands for it. */
export function DeadLetters({ report, now }: { report: DeadLettersReport; now: number }) {
  const { letters, total } = report;
  return (
    <Section
      id="dlq"
      title={`Dead letters${total === 0 ? "" : ` (${formatCount(total)})`}`}
      aside={total === 0 ? null : <ForAll total={total} />}
    >
      <Table
        caption="Dead letters, the latest first"
        columns={[
          { title: "Letter" },
          { title: "Since", isNumber: true },
          { title: "What failed" },
          { title: "Event", hidden: "phone" },
          { title: "Tries", isNumber: true, hidden: "phone" },
          { title: "Actions" },
        ]}
        rows={letters.map(({ id, dead_at, error, message, event_type, ...letter }) => [
          String(id),
          formatAgo(Date.parse(dead_at), now),
          <span class="wrapped">{message ?? error}</span>,
          [letter.platform, event_type].filter(Boolean).join(" ") || letter.group,
          formatCount(letter.attempts),
          <span class="changes">
            {letter.replayable
              ? (
                <WriteButton
                  path={REPLAY}
                  body={{ ids: [id] }}
                  done="It was tried again."
                  label={`Replay letter ${id}`}
                >
                  Replay
                </WriteButton>
              )
              : null}
            <WriteButton
              path={DROP}
              body={{ ids: [id] }}
              done="It is gone."
              confirm={`${ASKED} this one?`}
              label={`Drop letter ${id}`}
            >
              Drop
            </WriteButton>
          </span>,
        ])}
        empty="None: everything could be handled."
      />
      {total === 0 ? null : (
        <p>
          <Command>dlq list</Command> <Command>dlq replay --all</Command>{" "}
          <Command>dlq drop --all</Command>
        </p>
      )}
    </Section>
  );
}

function ForAll({ total }: { total: number }) {
  return (
    <span class="changes">
      <WriteButton path={REPLAY} body={{ all: true }} done="All were tried again.">
        Replay all
      </WriteButton>
      <WriteButton
        path={DROP}
        body={{ all: true }}
        done="All are gone."
        confirm={`${ASKED} all ${formatCount(total)}?`}
      >
        Drop all
      </WriteButton>
    </span>
  );
}
