/** Tests of `web/sign_in_page.tsx`; `token_guard_test.ts` holds who is shown it. */

import assert from "node:assert/strict";
import { signInPage } from "../../web/sign_in_page.tsx";

Deno.test("signInPage() is a whole document that says what to do, also without a script", () => {
  const page = String(signInPage());

  assert.match(page, /^<!DOCTYPE html><html lang="en">/);
  assert.match(page, /<code>blueplane status<\/code>/);
  assert.match(page, /<noscript>/);
  assert.doesNotMatch(page, /style=|<script>/);
});
