const NOUNS = ["order", "ticket", "page", "metric", "event", "invoice", "device", "release"];
const VERBS = ["list", "get", "create", "update", "archive", "export", "compare", "validate"];

/** A server as the API sends it, with so many tools. */
export function wireServer(index: number, tools: number) {
  const id = `server-${String(index).padStart(5, "0")}`;
  return {
    id,
    name: `Server ${index}`,
    hostname: `https://${id}.example/mcp`,
    auth_type: "unauthenticated",
    status: "ready",
    tools: Array.from({ length: tools }, (_, place) => wireTool(index, place)),
    prompts: [],
    updated_tools: [],
    updated_prompts: [],
  };
}

/** What a fifth and a half of the descriptions of real servers have, as those of the tests show. */
const TELLING = "Needs a token with write access; ask the user before you call it.";
const NAMING = "See also list_all for more than one.";

/** No two tools have a text in common, and the words are those of real catalogues. */
function wireTool(server: number, place: number) {
  const noun = NOUNS[(server + place) % NOUNS.length] ?? "item";
  const verb = VERBS[place % VERBS.length] ?? "get";
  const unique = `${server}-${place}`;
  return {
    name: `${verb}_${noun}_${place}`,
    title: `${verb} ${noun} ${unique}`,
    description: `Works on the ${noun} ${unique} of a region. Reads the current state first, applies what was asked for, and returns the ${noun} as it is afterwards together with the number of its revision, so that a second call can tell whether anybody else has been there.${place % 5 === 0 ? ` ${TELLING}` : ""}${place % 2 === 0 ? ` ${NAMING}` : ""}`,
    inputSchema: {
      type: "object",
      properties: {
        id: { type: "string", description: `Number of the ${noun}, such as ${unique}` },
        region: {
          type: "string",
          enum: ["eu", "us", "ap"],
          description: `Where ${unique} is kept`,
        },
        limit: { type: "integer", minimum: 1, maximum: 100, description: `Most of ${unique}` },
      },
      required: ["id"],
    },
    annotations: { readOnlyHint: place % 2 === 0, openWorldHint: false },
  };
}
