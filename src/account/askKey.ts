import * as vscode from "vscode";
import { checkedInput } from "../ui/forms/checkedInput.ts";
import { type Checked, checkCredential, type SignInContext } from "./checkCredential.ts";
import { credentialProblem } from "./credentialProblem.ts";
import { explainSignIn } from "./tokenWords.ts";
import { verifyKey } from "./verify.ts";

/** Asks for an email and its Global API Key until Cloudflare takes them. */
export async function askKey(context: SignInContext): Promise<Checked | undefined> {
  const title = vscode.l10n.t("Sign in with an email and Global API Key");
  const email = await checkedInput({
    title,
    prompt: vscode.l10n.t("The email of your Cloudflare user"),
    validate: (text) =>
      text.includes("@")
        ? credentialProblem(text.trim())
        : vscode.l10n.t("An email has an @ in it."),
    accept: async (text) => text.trim(),
  });
  if (email === undefined) return undefined;
  return checkedInput({
    title,
    prompt: vscode.l10n.t(
      "Paste the Global API Key. It is checked with Cloudflare and kept in the system's secret storage.",
    ),
    password: true,
    validate: (text) => credentialProblem(text.trim()),
    accept: (text) => checkCredential(context, { kind: "key", email, key: text.trim() }, verifyKey),
    explain: explainSignIn,
  });
}
