import * as z from "zod";
import { adds, changes, destroys, type Offer, reads } from "./spec.ts";

const sku = z.string().describe("Article number");
const order = z.string().describe("Number of the order");
const money = z.object({ amount: z.number(), currency: z.string().length(3) });

export const shop: Offer = {
  title: "Storefront",
  version: "11.0.1",
  tools: [
    {
      name: "search_products",
      description: "Searches the catalogue by words, category and price.",
      input: z.object({
        query: z.string(),
        category: z.string().optional(),
        max_price: money.optional(),
        in_stock: z.boolean().default(true),
      }),
      hints: reads,
    },
    {
      name: "find_product",
      description: "Finds one article by its number or barcode.",
      input: z.object({ sku: sku.optional(), barcode: z.string().optional() }),
      hints: reads,
    },
    {
      name: "get_stock",
      description: "Tells how many of an article each warehouse has.",
      input: z.object({ sku }),
      hints: reads,
    },
    {
      name: "list_orders",
      description: "Lists orders by state, customer or date.",
      input: z.object({
        state: z.enum(["paid", "packed", "shipped", "returned"]).optional(),
        customer: z.string().optional(),
        since: z.iso.date().optional(),
      }),
      hints: reads,
    },
    {
      name: "get_order",
      description: "Reads one order with articles, payments and parcels.",
      input: z.object({ order }),
      hints: reads,
    },
    {
      name: "create_order",
      description: "Places an order for a customer who has an account.",
      input: z.object({
        customer: z.string(),
        lines: z.array(z.object({ sku, quantity: z.number().int().positive() })).min(1),
      }),
      hints: adds,
    },
    {
      name: "refund_order",
      description: "Pays back an order or a part of it. The customer gets a mail.",
      input: z.object({ order, amount: money.optional(), reason: z.string() }),
      hints: destroys,
    },
    {
      name: "set_price",
      description: "Sets the price of an article from a given day on.",
      input: z.object({ sku, price: money, from: z.iso.date().optional() }),
      hints: changes,
    },
    {
      name: "cancel_order",
      description: "Cancels an order that hasn't been packed.",
      input: z.object({ order, notify: z.boolean().default(true) }),
      hints: destroys,
    },
  ],
};
