// Verifies a request as a receiver does: the secret, and a file with its headers and body as JSON.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const [, , secret, file] = process.argv;
const { headers, body } = JSON.parse(readFileSync(file, "utf8"));
new Webhook(secret).verify(body, headers);
