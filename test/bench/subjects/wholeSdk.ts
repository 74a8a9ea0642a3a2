export { Cloudflare } from "cloudflare";
