/**
 * The page of settings: what holds now, where it comes from, and how to change it.
 *
 * @module
 */

import { type EffectiveSetting } from "../../core/config.ts";
import { formatAgo, formatCount } from "../../core/format.ts";
import { METRICS } from "../../core/metrics.ts";
import type { StatusReport } from "../../core/reports/status_report.ts";
import type { Page, PageRequest } from "../page.ts";
import { Command } from "../parts/command.tsx";
import { Note } from "../parts/note.tsx";
import { Section } from "../parts/section.tsx";
import { Table } from "../parts/table.tsx";
import { findSetting } from "../../core/settings.ts";

/** The page. It changes nothing: a setting may be what keeps others out. */
export const settingsPage: Page = {
  path: "/settings",
  title: "Settings",
  isInNavigation: true,
  filters: [],
  render: async (request) => (
    <>
      <SettingsTable settings={request.context.settings()} />
      <div class="grid">
        <Server request={request} status={await request.context.status()} />
        <Doors request={request} />
      </div>
      <Catalogue />
    </>
  ),
};

function SettingsTable({ settings }: { settings: readonly EffectiveSetting[] }) {
  return (
    <Section id="settings" title="Settings in force">
      <Table
        caption="Settings, their values and where those come from"
        columns={[
          { title: "Setting" },
          { title: "Value" },
          { title: "From" },
          { title: "Meaning", hidden: "phone" },
          { title: "Variable", hidden: "tablet" },
        ]}
        rows={settings.map(({ key, value, origin }) => {
          const { help, env } = findSetting(key);
          return [
            <Name>{key}</Name>,
            value === "" || (Array.isArray(value) && value.length === 0)
              ? "none"
              : <code class="breaks">{String(value)}</code>,
            origin,
            <span class="wrapped">{help}</span>,
            <code>{env}</code>,
          ];
        })}
      />
      <Note>
        <Command>config set KEY VALUE</Command>{" "}
        changes one, for the next start: a flag comes before the variable, that before the file,
        and the file before the default. <Command>config validate</Command>{" "}
        names line and column of what is wrong, <Command>config path</Command> the file.
      </Note>
    </Section>
  );
}

/** A name that a narrow screen may break behind a point or an underscore. */
function Name({ children }: { children: string }) {
  const parts = children.split(/(?<=[._])/);
  return (
    <code>
      {parts.map((part, i) =>
        i === 0 ? part : (
          <>
            <wbr />
            {part}
          </>
        )
      )}
    </code>
  );
}

function Server({ request, status }: { request: PageRequest; status: StatusReport }) {
  const { context, now } = request, { server } = status;
  return (
    <Section id="server" title="This server">
      <dl class="pairs">
        <dt>Version</dt>
        <dd>{context.version}</dd>
        <dt>Process</dt>
        <dd>{String(context.pid)}</dd>
        <dt>Started</dt>
        <dd>{server === null ? "–" : formatAgo(Date.parse(server.started_at), now)}</dd>
        <dt>Queue</dt>
        <dd>{status.broker === "redis" ? "Redis" : "the database"}</dd>
        <dt>Token</dt>
        <dd>
          {context.token === undefined
            ? "not required: whoever can open this address on this machine can read"
            : "required; each start makes another one"}
        </dd>
        <dt>To stop it</dt>
        <dd>
          <Command>stop</Command>
        </dd>
      </dl>
    </Section>
  );
}

function Doors({ request }: { request: PageRequest }) {
  const { origin } = request.url;
  return (
    <Section id="doors" title="Other ways in">
      <dl class="pairs">
        <dt>API</dt>
        <dd>
          <a href="/api/v1/openapi.json">Its description in OpenAPI</a>, at{" "}
          <code>{`${origin}/api/v1`}</code>
        </dd>
        <dt>Prometheus</dt>
        <dd>
          <a href="/metrics">Numbers to scrape</a>, at <code>/metrics</code>
        </dd>
        <dt>Terminal</dt>
        <dd>
          <Command>metrics --watch</Command>
        </dd>
        <dt>Assistant</dt>
        <dd>
          <Command>install claude-code --mcp</Command>
        </dd>
        <dt>Hooks</dt>
        <dd>
          <Command>install claude-code --hooks</Command>
        </dd>
        <dt>Status line</dt>
        <dd>
          <Command>install claude-code --statusline</Command>
        </dd>
      </dl>
    </Section>
  );
}

/** What each number means stands where every face takes it from. */
function Catalogue() {
  return (
    <Section id="catalogue" title="What the numbers mean">
      <details>
        <summary>All {formatCount(METRICS.length)} numbers of the catalogue</summary>
        <Table
          caption="Numbers, their units and meanings"
          columns={[
            { title: "Number" },
            { title: "Unit", hidden: "phone" },
            { title: "Meaning" },
            { title: "Not known where", hidden: "tablet" },
          ]}
          rows={METRICS.map(({ id, unit, meaning, nullWhen }) => [
            <Name>{id}</Name>,
            unit,
            <span class="wrapped">{meaning}</span>,
            <span class="wrapped">{nullWhen ?? ""}</span>,
          ])}
        />
      </details>
    </Section>
  );
}
