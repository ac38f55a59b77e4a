/**
 * Deletes what is stored: a form that first tells what would go, and asks once more. Without a
 * script it is not there, and the commands are.
 *
 * @module
 */

import { readFilterChoices } from "../../../core/reports/filter_choices.ts";
import type { PageRequest } from "../../page.ts";
import { Command } from "../../parts/command.tsx";
import { Note } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";

/** By which command, and what. */
const COMMANDS: readonly (readonly [what: string, command: string])[] = [
  ["Before a day", "purge --before 2026-01-31 --dry-run"],
  ["One session", "purge --session ID"],
  ["An assistant's", "purge --platform NAME"],
  ["Everything", "purge --all"],
];

/** The form, and the commands that do the same. */
export function PurgeForm({ request }: { request: PageRequest }) {
  const { context } = request;
  const { platforms } = readFilterChoices(context.db);
  return (
    <Section id="purge" title="Delete">
      <form class="fields write" data-purge>
        <label>
          <span>Before</span>
          <input type="date" name="before" />
        </label>
        <label>
          <span>Platform</span>
          <select name="platform">
            <option value="">all</option>
            {platforms.map((name) => <option value={name}>{context.platformName(name)}</option>)}
          </select>
        </label>
        <button type="submit" name="look">See what would go</button>
        <button type="submit" name="now" hidden class="danger">Delete</button>
        <Note>With neither a day nor a platform chosen, all data is meant.</Note>
      </form>
      <dl class="pairs">
        {COMMANDS.map(([what, command]) => (
          <>
            <dt>{what}</dt>
            <dd>
              <Command>{command}</Command>
            </dd>
          </>
        ))}
      </dl>
    </Section>
  );
}
