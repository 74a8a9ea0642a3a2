export { clientsPages } from "./clientsPage.ts";
export { deliveredDocuments } from "./delivered.ts";
export * from "./showClients.ts";
