/** Tests of `web/api/openapi.ts`: the description is valid, whole, and true of real answers. */

import assert from "node:assert/strict";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { createApp } from "../../../web/app.tsx";
import { openApiDocument, templateOf } from "../../../web/api/openapi.ts";
import { defineRoute } from "../../../web/api/route.ts";
import { Live } from "../../../web/live.ts";
import { PAGES } from "../../../web/pages/pages.ts";
import { z } from "zod";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { type FilledHome, filledHome, knownEvents } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

/** Pages and what they load are for browsers. */
/** What is no API, and OTLP, which has a description of its own. */
const IS_ELSEWHERE = /^\/(assets|v1)\//;
const OF_BROWSERS = new Set(PAGES.map(({ path }) => path));

Deno.test("openApiDocument() is valid OpenAPI 3.1", async () => {
  await using home = await filledHome([]);

  const document = await describe(home);

  const { valid, errors } = await new Validator().validate(document);
  assert.deepEqual([valid, errors], [true, undefined]);
  assert.match(document.openapi, /^3\.1\./);
  assert.equal(document.info.version, "0.1.0");
});

Deno.test("openApiDocument() tells of every route that there is", async () => {
  await using home = await filledHome([]);
  const context = webContext(home);
  using live = new Live(context);

  const { paths } = await describe(home);

  const known = createApp(context, live).routes
    .filter(({ path }) => path !== "/*" && !IS_ELSEWHERE.test(path) && !OF_BROWSERS.has(path))
    .map(({ method, path }) => `${method.toLowerCase()} ${templateOf(path)}`);
  const told = Object.entries(paths as Json).flatMap(([path, methods]) =>
    Object.keys(methods as Json).map((method) => `${method} ${path}`)
  );
  assert.deepEqual([...new Set(known)].sort(), told.sort());
  assert.ok(told.length > 18);
});

Deno.test("openApiDocument() describes every parameter, and names each operation", async () => {
  await using home = await filledHome([]);

  const { paths } = await describe(home);

  const operations: Json[] = Object.values(paths as Json).flatMap((one) =>
    Object.values(one as Json)
  );
  const names = operations.map(({ operationId }) => operationId);
  assert.deepEqual(names.toSorted(), [...new Set(names)].sort());
  for (const { operationId, parameters, responses } of operations) {
    assert.ok(responses.default.content["application/problem+json"], operationId);
    for (const { name, description, schema } of parameters) {
      assert.ok(description, `${operationId} ${name}`);
      assert.ok(schema, `${operationId} ${name}`);
    }
  }
});

Deno.test("openApiDocument() tells all that real answers hold, and no more", async () => {
  await using home = await filledHome([
    ...knownEvents(),
    ...alikeSessions().flatMap(({ events }) => events),
  ]);
  const holds = schemasOf(await describe(home));

  for (const [path, template] of ANSWERS) {
    const response = await ask(webContext(home), path);
    assert.equal(response.status, 200, path);
    assert.deepEqual(holds(template, await response.json()), [], path);
  }
  const metrics = await (await ask(webContext(home), "/api/v1/metrics")).json();
  metrics.rates.colour = metrics.groups = null;
  metrics.totals.sessions = "2";
  assert.equal(holds("/api/v1/metrics", metrics).length, 3);
});

Deno.test("openApiDocument() tells what a problem looks like", async () => {
  await using home = await filledHome([]);
  const document = await describe(home);

  const problem = await (await ask(webContext(home), "/api/v1/sessions/nobody")).json();

  assert.deepEqual(checkerOf(document)("#/components/schemas/Problem", problem), []);
});

Deno.test("openApiDocument() refuses an answer without a name", () => {
  const route = defineRoute({
    path: "/x",
    id: "x",
    summary: "",
    answer: z.object({}),
    handle: () => ({}),
  });

  assert.throws(() => openApiDocument([route], "1"), RangeError);
});

const ANSWERS: readonly (readonly [path: string, template: string])[] = [
  ...["model", "tool", "project", "extension", "mode", "day", "hour-of-day"].map((by) =>
    [`/api/v1/metrics?period=all&group_by=${by}`, "/api/v1/metrics"] as const
  ),
  ["/api/v1/metrics?period=all&model=none", "/api/v1/metrics"],
  ["/api/v1/metrics/current", "/api/v1/metrics/current"],
  ["/api/v1/sessions?limit=0&sort=cost&min_acceptance=0", "/api/v1/sessions"],
  ["/api/v1/sessions/alpha", "/api/v1/sessions/{id}"],
  ["/api/v1/sessions/zeta", "/api/v1/sessions/{id}"],
  ["/api/v1/sessions/alpha/timeline?limit=1", "/api/v1/sessions/{id}/timeline"],
  ["/api/v1/sessions/code-0/similar", "/api/v1/sessions/{id}/similar"],
  ["/api/v1/analysis/similar?tools=edit&size=small", "/api/v1/analysis/similar"],
  ["/api/v1/analysis/prediction?tool=Edit&extension=ts", "/api/v1/analysis/prediction"],
  ["/api/v1/analysis/patterns", "/api/v1/analysis/patterns"],
  ["/api/v1/analysis/acceptance?period=all", "/api/v1/analysis/acceptance"],
  ["/api/v1/analysis/errors?period=all&min_frequency=1", "/api/v1/analysis/errors"],
  ["/api/v1/insights?hidden=true&limit=0", "/api/v1/insights"],
  ["/api/v1/dlq", "/api/v1/dlq"],
  ["/healthz", "/healthz"],
  ["/api/v1/status", "/api/v1/status"],
  ["/api/v1/limits", "/api/v1/limits"],
  ["/api/v1/openapi.json", "/api/v1/openapi.json"],
];

async function describe(home: FilledHome): Promise<Json> {
  return await (await ask(webContext(home), "/api/v1/openapi.json")).json();
}

/** Says what of an answer is not as the description of its path has it. */
function schemasOf(document: Json) {
  const check = checkerOf(document);
  return (template: string, answer: unknown): string[] => {
    const { $ref } =
      document.paths[template].get.responses[200].content["application/json"].schema;
    return check($ref, answer);
  };
}

function checkerOf(document: Json) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "https://api.test/", ...closed(document) });
  return (ref: string, answer: unknown): string[] => {
    const validate = ajv.getSchema(`https://api.test/${ref}`)!;
    if (validate(answer)) return [];
    return validate.errors!.slice(0, 5).map(({ instancePath, message, params }) =>
      `${instancePath} ${message} ${JSON.stringify(params)}`
    );
  };
}

/** The same, with no room for what it does not tell of. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const parts = Object.fromEntries(
    Object.entries(schema).map(([name, part]) => [name, closed(part)]),
  );
  const isOpen = parts.type === "object" && parts.properties &&
    !("additionalProperties" in parts);
  return isOpen ? { ...parts, additionalProperties: false } : parts;
}
