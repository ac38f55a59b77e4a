/**
 * All pages, in the order in which they are gone through. A new page is one file and one line
 * here.
 *
 * @module
 */

import type { Page } from "../page.ts";
import { acceptancePage } from "./acceptance_page.tsx";
import { overviewPage } from "./overview_page.tsx";
import { sessionPage } from "./session_page.tsx";
import { sessionsPage } from "./sessions_page.tsx";

/** The pages. */
export const PAGES: readonly Page[] = [
  overviewPage,
  sessionsPage,
  sessionPage,
  acceptancePage,
];
