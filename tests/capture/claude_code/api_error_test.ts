/** Tests of `capture/claude_code/api_error.ts`. */

import assert from "node:assert/strict";
import { apiErrorFacts } from "../../../capture/claude_code/api_error.ts";

Deno.test("apiErrorFacts() believes the client's name before the status", () => {
  const facts = apiErrorFacts("server_error", 529);

  assert.deepEqual(facts, { error_class: "server_error", status: 529 });
});

Deno.test("apiErrorFacts() knows a class by the status alone", () => {
  const classes = [429, 529, 500, 503, 401, 418, 0, "x"].map((status) =>
    apiErrorFacts(undefined, status).error_class
  );

  const server = ["server_error", "server_error"];
  const known = ["rate_limit", "overloaded", ...server, "authentication_failed"];
  assert.deepEqual(classes, [...known, "other", "other", "other"]);
});

Deno.test("apiErrorFacts() keeps no name of its own that a server made up", () => {
  assert.deepEqual(apiErrorFacts("__proto__", 1e9), { error_class: "other" });
  assert.deepEqual(apiErrorFacts("my secret", null), { error_class: "other" });
});
