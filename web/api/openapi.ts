/**
 * The description of the API in OpenAPI 3.1, made of the schemas that check what is asked.
 *
 * @module
 */

import * as z from "zod";
import { FILTER, PERIOD, text } from "./parameters.ts";
import { NOTHING, type Route, type Shape } from "./route.ts";
import { NAMED, named } from "./schema_parts.ts";

type Json = Readonly<Record<string, unknown>>;

const PROBLEM = named(
  "Problem",
  z.object({ title: z.string(), status: z.int(), detail: z.string() })
    .describe("Why a request was not answered (RFC 9457)"),
);
const PROBLEM_ANSWER = {
  description: "It was not answered, and why",
  content: { "application/problem+json": { schema: placeOf(PROBLEM) } },
};
const TAG_HEADER = {
  ETag: { description: "For If-None-Match", schema: { type: "string" } },
};
const LINK_HEADER = {
  Link: { description: "The other parts of the list (RFC 8288)", schema: { type: "string" } },
};

/** Live numbers, which are no documents. */
const SOCKETS = {
  metrics: { path: "/ws/metrics", summary: "The headline numbers, and then whichever change" },
  events: { path: "/ws/events", summary: "What happens, as it is stored" },
  session: {
    path: "/ws/sessions/:id",
    summary: "The numbers of a session, and then whichever change",
  },
};

/** The document. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    (paths[templateOf(route.path)] ??= {})[route.method] = operationOf(route);
  }
  for (const [name, { path }] of Object.entries(SOCKETS)) {
    paths[templateOf(path)] = { get: socketOf(name as keyof typeof SOCKETS) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Blueplane",
      version,
      description:
        "What assistants did on this machine, in numbers. It answers on the loopback " +
        "address alone. A document that lists what it knows may know more one day.",
      license: { name: "AGPL-3.0-only", identifier: "AGPL-3.0-only" },
    },
    servers: [{ url: "/" }],
    security: [{}, { token: [] }],
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "Asked for where the setting web.token is on; serve.json holds it",
        },
      },
    },
  };
}

/** A path as OpenAPI writes it. */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}");
}

function operationOf(
  { id, summary, method, query, inPath, body, partOf, ...route }: Route,
): Json {
  const writes = method === "post";
  return {
    operationId: id,
    summary,
    parameters: [
      ...parametersOf(inPath, "path"),
      ...parametersOf(query, "query"),
      ...(writes ? [CLIENT_HEADER] : [HELD_TAG]),
    ],
    ...(body
      ? {
        requestBody: {
          required: true,
          content: { "application/json": { schema: placeOf(body.schema) } },
        },
      }
      : {}),
    responses: {
      ...answersOf(route, {
        ...(writes ? {} : TAG_HEADER),
        ...(partOf ? LINK_HEADER : {}),
      }),
      ...(writes ? {} : { "304": { description: "Nothing changed since", headers: TAG_HEADER } }),
      default: PROBLEM_ANSWER,
    },
  };
}

const CLIENT_HEADER = {
  name: "Blueplane-Client",
  in: "header",
  required: true,
  description: "Who writes, in a word: a page of another site cannot send it",
  schema: { type: "string" },
};

const HELD_TAG = {
  name: "If-None-Match",
  in: "header",
  required: false,
  description: "The ETag of an answer that one has",
  schema: { type: "string" },
};

function parametersOf(shape: Shape, place: "path" | "query"): Json[] {
  return Object.entries(shape).map(([name, schema]) => {
    const { description, ...rest } = bare(z.toJSONSchema(schema) as Json);
    return { name, in: place, required: place === "path", description, schema: rest };
  });
}

function answersOf({ answer, status }: Pick<Route, "answer" | "status">, headers: Json): Json {
  if (answer === NOTHING) return { "202": { description: "It is durable" } };
  const [type, schema] = typeof answer === "string"
    ? [answer, { type: "string" }]
    : ["application/json", placeOf(answer)];
  return {
    [status ?? 200]: { description: "The answer", headers, content: { [type]: { schema } } },
  };
}

function socketOf(name: keyof typeof SOCKETS): Json {
  const { path, summary } = SOCKETS[name];
  return {
    operationId: `live${name[0]!.toUpperCase()}${name.slice(1)}`,
    summary,
    parameters: path.includes(":id")
      ? parametersOf({ id: text("The id of a session") }, "path")
      : parametersOf({ ...PERIOD, ...FILTER }, "query"),
    responses: { "101": { description: "A WebSocket" }, default: PROBLEM_ANSWER },
  };
}

/** Where the schema stands. @throws {RangeError} for one without a name */
function placeOf(schema: z.ZodType): Json {
  const id = NAMED.get(schema)?.id;
  if (id === undefined) throw new RangeError("Cannot describe a schema: it has no name");
  return refOf(id);
}

function namedSchemas(): Json {
  const { schemas } = z.toJSONSchema(NAMED, {
    // What is answered may tell more one day.
    io: "input",
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, bare(schema as Json)]),
  );
}

/** The dialect is that of OpenAPI, and the name is where it stands. */
function bare({ $schema: _, $id: __, ...schema }: Json): Json {
  return schema;
}

function refOf(id: string): Json {
  return { $ref: `#/components/schemas/${id}` };
}
