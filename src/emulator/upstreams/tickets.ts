import * as z from "zod";
import { adds, changes, destroys, type Offer, reads } from "./spec.ts";

const key = z.string().describe("Key of the ticket, for example OPS-142");
const priority = z.enum(["low", "normal", "high", "urgent"]).describe("How soon it has to be done");
const state = z.enum(["open", "in_progress", "blocked", "done"]);
const limit = z.number().int().min(1).max(100).default(25).describe("Most tickets to return");

const ticket = z.object({
  key: z.string(),
  title: z.string(),
  state,
  assignee: z.string().optional(),
});

export const tickets: Offer = {
  title: "Tickets",
  version: "4.2.0",
  tools: [
    {
      name: "search_tickets",
      title: "Search tickets",
      description: "Finds tickets by text, state, assignee or label, the newest first.",
      input: z.object({
        query: z.string().describe("Words that the title or the text has to contain"),
        state: state.optional().describe("Only tickets in this state"),
        assignee: z.string().optional().describe("Only tickets of this user"),
        labels: z.array(z.string()).optional().describe("Only tickets that have all of these"),
        limit,
      }),
      output: {
        schema: z.object({ tickets: z.array(ticket), total: z.number().int() }),
        sample: {
          tickets: [{ key: "OPS-142", title: "Renew certificate", state: "open" }],
          total: 1,
        },
      },
      hints: reads,
    },
    {
      name: "get_ticket",
      title: "Get ticket",
      description: "Reads one ticket with its comments, links and history.",
      input: z.object({ key, with_history: z.boolean().default(false) }),
      hints: reads,
    },
    {
      name: "create_ticket",
      title: "Create ticket",
      description: "Opens a ticket in a project and returns its key.",
      input: z.object({
        project: z.string().describe("Key of the project"),
        title: z.string().max(200),
        body: z.string().optional().describe("Markdown"),
        priority: priority.optional(),
        labels: z.array(z.string()).optional(),
      }),
      hints: adds,
    },
    {
      name: "update_ticket",
      title: "Update ticket",
      description: "Changes title, text, priority or labels. What is left out stays.",
      input: z.object({
        key,
        title: z.string().max(200).optional(),
        body: z.string().optional(),
        priority: priority.optional(),
        labels: z.array(z.string()).optional(),
      }),
      hints: changes,
    },
    {
      name: "move_ticket",
      title: "Move ticket",
      description: "Puts a ticket into another state, if the workflow of its project allows it.",
      input: z.object({ key, state }),
      hints: changes,
    },
    {
      name: "assign_ticket",
      title: "Assign ticket",
      description: "Gives a ticket to a user, or to nobody.",
      input: z.object({ key, user: z.string().nullable().describe("Login, or null for nobody") }),
      hints: changes,
    },
    {
      name: "add_comment",
      title: "Add comment",
      description: "Adds a comment to a ticket. Watchers are notified.",
      input: z.object({
        key,
        body: z.string().describe("Markdown"),
        internal: z.boolean().optional(),
      }),
      hints: adds,
    },
    {
      name: "link_tickets",
      title: "Link tickets",
      description: "Says how two tickets belong together.",
      input: z.object({ from: key, to: key, kind: z.enum(["blocks", "duplicates", "relates_to"]) }),
      hints: changes,
    },
    {
      name: "list_projects",
      title: "List projects",
      description: "Lists the projects that you may see, with key, name and lead.",
      input: z.object({ archived: z.boolean().default(false) }),
      hints: reads,
    },
    {
      name: "list_sprints",
      title: "List sprints",
      description: "Lists the sprints of a project with dates and goals.",
      input: z.object({
        project: z.string(),
        state: z.enum(["past", "current", "next"]).optional(),
      }),
      hints: reads,
    },
    {
      name: "log_work",
      title: "Log work",
      description: "Books time on a ticket.",
      input: z.object({ key, minutes: z.number().int().positive(), on: z.iso.date().optional() }),
      hints: adds,
    },
    {
      name: "delete_ticket",
      title: "Delete ticket",
      description: "Deletes a ticket with its comments and attachments. It can't be brought back.",
      input: z.object({ key }),
      hints: destroys,
    },
  ],
};
