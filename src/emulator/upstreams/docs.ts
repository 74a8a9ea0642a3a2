import * as z from "zod";
import { changes, type Offer, type PromptSpec, reads, type ToolSpec } from "./spec.ts";

const page = z.string().describe("Path of the page, for example guides/deploy");
const language = z.enum(["en", "de", "fr", "ja"]).describe("Language of the page");

const prompts: readonly PromptSpec[] = [
  {
    name: "explain_page",
    title: "Explain a page",
    description: "Explains a page of the documentation to a given audience.",
    args: z.object({
      page,
      audience: z.string().optional().describe("Who reads it, for example new colleagues"),
    }),
  },
  {
    name: "draft_release_notes",
    title: "Draft release notes",
    description: "Drafts release notes in the house style from a list of changes.",
    args: z.object({ changes: z.string().describe("One change a line"), version: z.string() }),
  },
  {
    name: "review_wording",
    title: "Review wording",
    description: "Checks a text against the style guide and proposes shorter sentences.",
    args: z.object({ text: z.string() }),
  },
];

const getPage: ToolSpec = {
  name: "get_page",
  title: "Get page",
  description: "Reads a page as Markdown, with its headings and the pages that link to it.",
  input: z.object({ page, language: language.optional() }),
  hints: reads,
};

const listSections: ToolSpec = {
  name: "list_sections",
  title: "List sections",
  description: "Lists the sections of the documentation and how many pages each has.",
  input: z.object({}),
  hints: reads,
};

const suggestEdit: ToolSpec = {
  name: "suggest_edit",
  title: "Suggest an edit",
  description: "Opens a proposal to change a page. An editor decides on it.",
  input: z.object({ page, markdown: z.string(), reason: z.string().optional() }),
  hints: changes,
};

/** The documentation server changes often: syncs alternate between these two. */
export const docsRevisions: readonly [Offer, Offer] = [
  {
    title: "Docs",
    version: "2.7.0",
    prompts,
    tools: [
      {
        name: "search_docs",
        title: "Search the docs",
        description: "Searches the documentation and returns the ten best pages with an excerpt.",
        input: z.object({
          query: z.string(),
          language: language.optional(),
          section: z.string().optional().describe("Only pages of this section"),
        }),
        hints: reads,
      },
      getPage,
      listSections,
      suggestEdit,
    ],
  },
  {
    title: "Docs",
    version: "2.8.0",
    prompts,
    tools: [
      {
        name: "search_docs",
        title: "Search the docs",
        description:
          "Searches the documentation by meaning rather than by words, best pages first. Quote a phrase to have it matched exactly.",
        input: z.object({ query: z.string(), language: language.optional() }),
        hints: reads,
      },
      getPage,
      listSections,
      {
        name: "compare_versions",
        title: "Compare versions",
        description: "Shows what changed on a page between two releases.",
        input: z.object({ page, from: z.string(), to: z.string() }),
        hints: reads,
      },
      suggestEdit,
    ],
  },
];
