/**
 * All pages, in the order in which they are gone through. A new page is one file and one line
 * here.
 *
 * @module
 */

import type { Page } from "../page.ts";
import { acceptancePage } from "./acceptance_page.tsx";
import { dataPage } from "./data_page.tsx";
import { insightsPage } from "./insights_page.tsx";
import { overviewPage } from "./overview_page.tsx";
import { sessionPage } from "./session_page.tsx";
import { sessionsPage } from "./sessions_page.tsx";
import { settingsPage } from "./settings_page.tsx";
import { similarPage } from "./similar_page.tsx";
import { teamPage } from "./team_page.tsx";
import { toolsPage } from "./tools_page.tsx";

/** The pages. */
export const PAGES: readonly Page[] = [
  overviewPage,
  sessionsPage,
  sessionPage,
  similarPage,
  acceptancePage,
  toolsPage,
  insightsPage,
  teamPage,
  dataPage,
  settingsPage,
];
