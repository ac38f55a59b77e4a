/**
 * What a team comes to together: it opens a file that `team aggregate` wrote, and keeps nothing
 * of it.
 *
 * @module
 */

import { readTeamAggregate } from "../../core/team_aggregate.ts";
import type { Page } from "../page.ts";
import { Command } from "../parts/command.tsx";
import { Note } from "../parts/note.tsx";
import { Said } from "../parts/write_button.tsx";
import { TeamParts } from "./team/team_parts.tsx";

/** The page. */
export const teamPage: Page = {
  path: "/team",
  title: "Team",
  isInNavigation: true,
  filters: [],
  render: () => <Chooser />,
  open: (file, { platformName }) => (
    <TeamParts document={readTeamAggregate(file)} platformName={platformName} />
  ),
};

/** Outside of what is made anew: what was chosen stays chosen. */
function Chooser() {
  return (
    <>
      <section aria-labelledby="open-title">
        <div class="heading">
          <h2 id="open-title">Open an aggregate</h2>
        </div>
        <div class="fields">
          <label>
            <span>A file that team aggregate wrote as JSON</span>
            <input type="file" accept=".json,application/json" data-opens disabled />
          </label>
        </div>
        <Note>The file is read on this machine, shown here, and kept nowhere.</Note>
        <dl class="pairs">
          <dt>Each member makes an export</dt>
          <dd>
            <Command>export --anonymize --team KEY -o mine.json</Command>
          </dd>
          <dt>One of them adds them up</dt>
          <dd>
            <Command>team aggregate *.json -o team.json</Command>
          </dd>
        </dl>
      </section>
      <Said />
      <div data-opened></div>
    </>
  );
}
