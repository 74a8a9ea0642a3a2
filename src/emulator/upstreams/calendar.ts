import * as z from "zod";
import { adds, changes, destroys, type Offer, reads } from "./spec.ts";

const event = z.string().describe("Id of the event");
const attendees = z.array(z.email()).describe("Mail addresses");
const when = { start: z.iso.datetime(), end: z.iso.datetime() };

export const calendar: Offer = {
  title: "Calendar",
  version: "5.3.0",
  tools: [
    {
      name: "list_events",
      description: "Lists the events of a calendar between two moments.",
      input: z.object({ calendar: z.string().default("primary"), ...when }),
      hints: reads,
    },
    {
      name: "find_free_time",
      description: "Finds times at which everybody is free.",
      input: z.object({ attendees, minutes: z.number().int().min(15), ...when }),
      hints: reads,
    },
    {
      name: "create_event",
      description: "Creates an event and invites the attendees.",
      input: z.object({ title: z.string(), attendees: attendees.optional(), ...when }),
      hints: adds,
    },
    {
      name: "move_event",
      description: "Moves an event to another time and tells the attendees.",
      input: z.object({ event, ...when }),
      hints: changes,
    },
    {
      name: "answer_invitation",
      description: "Accepts or declines an invitation.",
      input: z.object({
        event,
        answer: z.enum(["yes", "no", "maybe"]),
        note: z.string().optional(),
      }),
      hints: changes,
    },
    {
      name: "delete_event",
      description: "Deletes an event. With a series, all that are still to come.",
      input: z.object({ event, series: z.boolean().default(false) }),
      hints: destroys,
    },
  ],
  prompts: [
    { name: "plan_my_week", description: "Looks at the week and proposes what to move." },
    {
      name: "prepare_meeting",
      description: "Collects what is needed for a meeting.",
      args: z.object({ event }),
    },
  ],
};
