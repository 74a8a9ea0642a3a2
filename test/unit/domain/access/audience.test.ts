import { deepEqual, equal } from "node:assert/strict";
import {
  emailDomainIn,
  emailDomainProblem,
  emailsIn,
  emailsProblem,
} from "../../../../src/domain/access/audience.ts";

describe("Emails to share with", () => {
  it("stand apart by commas, semicolons and spaces, each counted once", () => {
    deepEqual(emailsIn(" Ann@Example.com,bob@example.com;\n ann@example.com "), [
      "ann@example.com",
      "bob@example.com",
    ]);
  });

  it("are refused where one isn't one", () => {
    equal(emailsProblem(" , "), "Enter at least one email.");
    for (const text of [
      "ann",
      "@example.com",
      "*@example.com",
      "ann@example",
      "ann@.com",
      "<ann@example.com>",
      "ann@exa_mple.com",
      "ann@@example.com",
      "everyone",
    ]) {
      equal(emailsProblem(`bob@example.com, ${text}`), `“${text}” isn't an email.`);
    }
    for (const text of ["ann@example.com", "o'hara+mcp@mail.example.co.uk"]) {
      equal(emailsProblem(text), undefined);
    }
  });

  it("are at most as many as can be shown before they are shared with", () => {
    const emails = (count: number) =>
      Array.from({ length: count }, (_, index) => `p${index}@example.com`).join(" ");
    equal(emailsProblem(emails(20)), undefined);
    equal(
      emailsProblem(emails(21)),
      "At most 20 emails. Take a domain or an Access group for more people.",
    );
  });
});

describe("A domain to share with", () => {
  it("may come with its @, and in capitals", () => {
    equal(emailDomainIn(" @Example.com "), "example.com");
    equal(emailDomainProblem("@Example.com"), undefined);
  });

  it("is refused where it isn't one, or where anybody gets an email", () => {
    for (const text of ["", "*", "*.example.com", "com", "ann@example.com", "https://a.com"]) {
      equal(emailDomainProblem(text), "A domain of emails, such as example.com.", text);
    }
    equal(
      emailDomainProblem("@GMail.com"),
      "Anybody can get an email at gmail.com. Name the people by their emails instead.",
    );
  });
});
